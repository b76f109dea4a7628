#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/safestack.h>
#include <openssl/x509.h>
#include <stdio.h>

void USE(void)
{
	unsigned char digest[EVP_MAX_MD_SIZE], out[32 + EVP_MAX_BLOCK_LENGTH];
	unsigned length = 0;
	int size = 0, rest = 0;
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	STACK_OF(X509_NAME) *names = sk_X509_NAME_new_null();
	BIGNUM *number = NULL;

	EVP_Digest("abc", 3, digest, &length, EVP_sha256(), NULL);
	printf("%u %02x%02x%02x ", length, digest[0], digest[1], digest[2]);
	EVP_EncryptInit_ex(context, EVP_aes_128_cbc(), NULL, digest, digest + 16);
	EVP_EncryptUpdate(context, out, &size, digest, 20);
	EVP_EncryptFinal_ex(context, out + size, &rest);
	EVP_CIPHER_CTX_free(context);
	printf("%d %02x ", size + rest, out[0]);
	sk_X509_NAME_push(names, X509_NAME_new());
	printf("%d ", sk_X509_NAME_num(names));
	sk_X509_NAME_pop_free(names, X509_NAME_free);
	BN_dec2bn(&number, "1000003");
	printf("%d %s\n", BN_check_prime(number, NULL, NULL), ERR_reason_error_string(ERR_PACK(ERR_LIB_EVP, 0, EVP_R_BAD_DECRYPT)));
	BN_free(number);
}
