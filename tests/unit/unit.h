/* cmocka and what it wants before it. */
#ifndef ESPALIER_TESTS_UNIT_H
#define ESPALIER_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#endif
