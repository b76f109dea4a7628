/*
 * Searched behind the compiler's own headers. Their limits.h ends with an include_next of the C library's, and in a
 * freestanding compilation there may be none: what the compiler knows is all there is then.
 */
