#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdio.h>
#include <string.h>

void USE(void)
{
	PCRE2_SPTR subject = (PCRE2_SPTR)"on 2026-12-01";
	PCRE2_UCHAR message[100];
	PCRE2_SIZE offset, *places;
	int number, count;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)"(\\d+)-(?<month>\\d+)", PCRE2_ZERO_TERMINATED, PCRE2_UTF, &number, &offset, NULL);
	pcre2_match_data *data = pcre2_match_data_create_from_pattern(code, NULL);

	count = pcre2_match(code, subject, strlen((const char *)subject), 0, 0, data, NULL);
	places = pcre2_get_ovector_pointer(data);
	printf("%d %.*s %d ", count, (int)(places[3] - places[2]), subject + places[2], pcre2_substring_number_from_name(code, (PCRE2_SPTR)"month"));
	pcre2_match_data_free(data);
	pcre2_code_free(code);
	code = pcre2_compile((PCRE2_SPTR)"(", 1, PCRE2_ANCHORED, &number, &offset, NULL);
	pcre2_get_error_message(number, message, sizeof(message));
	printf("%d %d %s\n", code == NULL, number == PCRE2_ERROR_MISSING_CLOSING_PARENTHESIS, message);
}
