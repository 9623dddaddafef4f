-- expect: error
use "lib/circle"
