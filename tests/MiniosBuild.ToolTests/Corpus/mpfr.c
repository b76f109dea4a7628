#include <mpfr.h>
#include <stdio.h>

void USE(void)
{
	mpfr_t x, y;

	mpfr_inits2(200, x, y, (mpfr_ptr)0);
	mpfr_set_ui(x, 2, MPFR_RNDN);
	mpfr_sqrt(y, x, MPFR_RNDZ);
	mpfr_const_pi(x, MPFR_RNDN);
	mpfr_printf("%.40RNf %.30Rf ", y, x);
	printf("%d %d %d\n", mpfr_sgn(x), mpfr_cmp(x, y) > 0, (int)mpfr_get_prec(y));
	mpfr_clears(x, y, (mpfr_ptr)0);
	mpfr_free_cache();
}
