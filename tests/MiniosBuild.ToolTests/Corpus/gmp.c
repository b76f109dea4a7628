#include <gmp.h>
#include <stdio.h>

void USE(void)
{
	mpz_t n, m;
	mpq_t half;

	mpz_inits(n, m, NULL);
	mpq_init(half);
	mpz_ui_pow_ui(n, 2, 127);
	mpz_sub_ui(n, n, 1);
	mpz_set_str(m, "123456789012345678901234567890", 10);
	mpq_set_ui(half, 3, 6);
	mpq_canonicalize(half);
	gmp_printf("%Zd %d %d ", n, mpz_probab_prime_p(n, 25) != 0, mpz_cmp(n, m) > 0);
	mpz_gcd(n, n, m);
	gmp_printf("%Zx %Qd %d %d\n", n, half, mpz_sgn(m), mpz_odd_p(n));
	mpz_clears(n, m, NULL);
	mpq_clear(half);
}
