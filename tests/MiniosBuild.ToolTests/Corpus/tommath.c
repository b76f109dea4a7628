#include <stdio.h>
#include <tommath.h>

void USE(void)
{
	mp_int a, b;
	char text[100];
	mp_bool isPrime;

	if (mp_init_multi(&a, &b, NULL) != MP_OKAY || mp_2expt(&a, 89) != MP_OKAY || mp_sub_d(&a, 1, &a) != MP_OKAY)
		printf("failed\n");
	if (mp_prime_is_prime(&a, 8, &isPrime) != MP_OKAY || mp_read_radix(&b, "ffffffffffff", 16) != MP_OKAY)
		printf("failed\n");
	if (mp_mul(&a, &b, &b) != MP_OKAY || mp_to_radix(&b, text, sizeof(text), NULL, 10) != MP_OKAY)
		printf("failed\n");
	printf("%d %s %d %s\n", isPrime == MP_YES, text, mp_cmp(&a, &b) == MP_LT, mp_error_to_string(MP_VAL));
	mp_clear_multi(&a, &b, NULL);
}
