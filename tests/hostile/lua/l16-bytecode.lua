-- expect: refused
LuaT
