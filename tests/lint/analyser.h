/* Read before every file by clang-tidy, which cannot see from one file into another that these
 * functions return false always; else it follows paths on which a refusal was taken for a success.
 */
#include "base/err.h"
#include "db/inner.h"

#define err_set(...) ((void)err_set(__VA_ARGS__), false)
#define err_before(...) ((void)err_before(__VA_ARGS__), false)
#define store_fault(...) ((void)store_fault(__VA_ARGS__), false)
