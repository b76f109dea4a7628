#include <archive.h>
#include <archive_entry.h>
#include <stdio.h>
#include <string.h>

void USE(void)
{
	static char file[20000];
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	size_t used = 0;
	char text[10] = "";

	archive_write_set_format_pax_restricted(archive);
	archive_write_add_filter_none(archive);
	archive_write_open_memory(archive, file, sizeof(file), &used);
	archive_entry_set_pathname(entry, "a.txt");
	archive_entry_set_size(entry, 5);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_write_header(archive, entry);
	archive_write_data(archive, "hello", 5);
	archive_entry_free(entry);
	archive_write_free(archive);
	archive = archive_read_new();
	archive_read_support_format_tar(archive);
	archive_read_open_memory(archive, file, used);
	while (archive_read_next_header(archive, &entry) == ARCHIVE_OK)
		printf("%s %d %d ", archive_entry_pathname(entry), (int)archive_read_data(archive, text, sizeof(text)), archive_entry_filetype(entry) == AE_IFREG);
	printf("%.5s\n", text);
	archive_read_free(archive);
}
