-- use "lib/ghost"
local s = "use 'lib/ghost'"
use "lib/rounds"
use ( 'lib/absent' )
