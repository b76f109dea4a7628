#include <sodium.h>
#include <stdio.h>
#include <string.h>

void USE(void)
{
	unsigned char key[crypto_secretbox_KEYBYTES] = { 1 }, nonce[crypto_secretbox_NONCEBYTES] = { 2 }, box[crypto_secretbox_MACBYTES + 5], text[5];
	unsigned char hash[crypto_generichash_BYTES];
	char hex[2 * 4 + 1];

	if (sodium_init() < 0)
		printf("failed\n");
	crypto_secretbox_easy(box, (const unsigned char *)"hello", 5, nonce, key);
	printf("%d %.5s ", crypto_secretbox_open_easy(text, box, sizeof(box), nonce, key), text);
	box[0] ^= 1;
	printf("%d ", crypto_secretbox_open_easy(text, box, sizeof(box), nonce, key));
	crypto_generichash(hash, sizeof(hash), (const unsigned char *)"abc", 3, NULL, 0);
	printf("%s %s\n", sodium_bin2hex(hex, sizeof(hex), hash, 4), crypto_generichash_primitive());
}
