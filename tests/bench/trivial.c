/* The least that any program of this kind does: it opens the practice file with the same settings,
 * makes a Lua state, compiles the same script, says one line.  With "rows" it also reads every
 * event.  The bench compares against it. trivial FILE SCRIPT start|rows */
#include <lauxlib.h>
#include <lualib.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static int walk(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *rows;
    int bytes = 0;
    if (sqlite3_prepare_v2(db, sql, -1, &rows, NULL) != SQLITE_OK)
        return -1;
    while (sqlite3_step(rows) == SQLITE_ROW)
        for (int i = 0; i < sqlite3_column_count(rows); i++)
            bytes += sqlite3_column_bytes(rows, i);
    return sqlite3_finalize(rows) == SQLITE_OK ? bytes : -1;
}

int main(int argc, char **argv)
{
    sqlite3 *db;
    if (argc != 4 || sqlite3_open_v2(argv[1], &db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        return 2;
    if (walk(db, "PRAGMA journal_mode=TRUNCATE") < 0 || walk(db, "PRAGMA synchronous=FULL") < 0)
        return 2;
    const char *what = strcmp(argv[3], "rows") == 0 ? "SELECT * FROM event ORDER BY journey, seq"
                                                    : "SELECT * FROM journey";
    if (walk(db, what) <= 0)
        return 2;
    lua_State *L = luaL_newstate();
    luaL_openlibs(L);
    if (luaL_loadfile(L, argv[2]) != LUA_OK)
        return 2;
    puts("ready");
    fflush(stdout);
    while (getchar() != EOF)
        continue;
    lua_close(L);
    return sqlite3_close(db) == SQLITE_OK ? 0 : 2;
}
