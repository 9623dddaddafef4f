-- expect: refused
require "socket"
