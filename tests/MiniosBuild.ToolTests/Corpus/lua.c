#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>
#include <stdio.h>

static int twice(lua_State *L)
{
	lua_pushinteger(L, 2 * luaL_checkinteger(L, 1));
	return 1;
}

void USE(void)
{
	static const luaL_Reg functions[] = { { "twice", twice }, { NULL, NULL } };
	lua_State *L = luaL_newstate();

	luaL_openlibs(L);
	luaL_newlib(L, functions);
	lua_setglobal(L, "own");
	if (luaL_dostring(L, "local t = {} for i = 1, 3 do t[i] = own.twice(i) end return table.concat(t, ','), #t") != LUA_OK)
		printf("failed: %s\n", lua_tostring(L, -1));
	printf("%s %d %s ", lua_tostring(L, -2), (int)lua_tointeger(L, -1), luaL_typename(L, -1));
	printf("%d %s\n", luaL_dostring(L, "return nil + 1") != LUA_OK, lua_isstring(L, -1) ? "told" : "silent");
	lua_close(L);
}
