/* Byte order of the network. */
#ifndef MINIOS_BYTEORDER_H
#define MINIOS_BYTEORDER_H

#include <mini-os/types.h>

static inline uint16_t be16_to_cpu(uint16_t value)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_bswap16(value) : value;
}

static inline uint32_t be32_to_cpu(uint32_t value)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_bswap32(value) : value;
}

static inline uint64_t be64_to_cpu(uint64_t value)
{
	return __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? __builtin_bswap64(value) : value;
}

static inline uint16_t cpu_to_be16(uint16_t value)
{
	return be16_to_cpu(value);
}

static inline uint32_t cpu_to_be32(uint32_t value)
{
	return be32_to_cpu(value);
}

static inline uint64_t cpu_to_be64(uint64_t value)
{
	return be64_to_cpu(value);
}

#endif
