#include <sqlite3.h>
#include <stdio.h>

static int row(void *data, int count, char **values, char **names)
{
	*(int *)data += count;
	printf("%s=%s ", names[0], values[0]);
	return SQLITE_OK;
}

void USE(void)
{
	sqlite3 *db;
	sqlite3_stmt *statement;
	int columns = 0;

	if (sqlite3_open_v2(":memory:", &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, NULL) != SQLITE_OK)
		printf("failed\n");
	sqlite3_exec(db, "create table t(a, b); insert into t values (1, 'one'), (2, 'two');", NULL, NULL, NULL);
	sqlite3_exec(db, "select b, a from t order by a", row, &columns, NULL);
	sqlite3_prepare_v2(db, "select sum(a) from t where b <> ?", -1, &statement, NULL);
	sqlite3_bind_text(statement, 1, "none", -1, SQLITE_TRANSIENT);
	printf("%d ", sqlite3_step(statement) == SQLITE_ROW);
	printf("%d ", sqlite3_column_int(statement, 0));
	sqlite3_finalize(statement);
	printf("%d %d %s\n", columns, sqlite3_exec(db, "nonsense", NULL, NULL, NULL) == SQLITE_ERROR, sqlite3_errstr(SQLITE_BUSY));
	sqlite3_close(db);
}
