#include <ffi.h>
#include <stdio.h>

static double weighted(int n, double by)
{
	return n * by;
}

static void answer(ffi_cif *cif, void *result, void **arguments, void *data)
{
	*(ffi_arg *)result = (ffi_arg)(*(int *)arguments[0] + *(int *)data + (int)cif->nargs);
}

void USE(void)
{
	ffi_type *types[] = { &ffi_type_sint, &ffi_type_double };
	ffi_cif cif, closed;
	ffi_closure *closure;
	int n = 6, more = 35;
	double by = 1.5, result;
	void *values[] = { &n, &by }, *code;

	if (ffi_prep_cif(&cif, FFI_DEFAULT_ABI, 2, &ffi_type_double, types) != FFI_OK)
		printf("failed\n");
	ffi_call(&cif, FFI_FN(weighted), &result, values);
	closure = ffi_closure_alloc(sizeof(ffi_closure), &code);
	if (ffi_prep_cif(&closed, FFI_DEFAULT_ABI, 1, &ffi_type_sint, types) != FFI_OK || ffi_prep_closure_loc(closure, &closed, answer, &more, code) != FFI_OK)
		printf("failed\n");
	printf("%g %d %d\n", result, ((int (*)(int))code)(6), cif.rtype->type == FFI_TYPE_DOUBLE);
	ffi_closure_free(closure);
}
