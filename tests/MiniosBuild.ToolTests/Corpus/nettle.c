#include <nettle/aes.h>
#include <nettle/cbc.h>
#include <nettle/nettle-meta.h>
#include <nettle/sha2.h>
#include <stdio.h>

void USE(void)
{
	struct sha256_ctx hash;
	struct CBC_CTX(struct aes128_ctx, AES_BLOCK_SIZE) cipher;
	uint8_t digest[SHA256_DIGEST_SIZE], out[AES_BLOCK_SIZE];

	sha256_init(&hash);
	sha256_update(&hash, 3, (const uint8_t *)"abc");
	sha256_digest(&hash, sizeof(digest), digest);
	aes128_set_encrypt_key(&cipher.ctx, digest);
	CBC_SET_IV(&cipher, digest);
	CBC_ENCRYPT(&cipher, aes128_encrypt, sizeof(out), out, digest);
	printf("%02x%02x %02x %s %d\n", digest[0], digest[1], out[0], nettle_sha256.name, nettle_sha256.digest_size == SHA256_DIGEST_SIZE);
}
