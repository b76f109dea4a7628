namespace MiniosBuild.Toolchain.Compilation;

/// <summary>The part of a preprocessed umbrella that one header gave.</summary>
/// <param name="Text">The part, from the header's first line marker on.</param>
/// <param name="LeavesTraces">Whether it leaves behind what no #undef takes back: a change to a predefined macro, or a pragma that the preprocessor itself obeys.</param>
internal sealed record HeaderPart(string Text, bool LeavesTraces);
