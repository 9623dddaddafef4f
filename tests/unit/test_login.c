/* Who is let in, and for how long. */
#include "web/login.h"

#include "base/random.h"

#include "unit.h"

#include <stdlib.h>
#include <string.h>

static char code[LOGIN_SECRET + 1], cookie[LOGIN_SECRET + 1];

static int set_up(void **state)
{
    *state = logins_new();
    login_launch(*state, code);
    return 0;
}

static int tear_down(void **state)
{
    logins_free(*state);
    return 0;
}

static void a_code_lets_in_once(void **state)
{
    assert_true(login_enter(*state, str_of(code), cookie));
    const struct login *login = login_find(*state, str_of(cookie));
    assert_non_null(login);
    assert_int_equal(strlen(login->token), LOGIN_SECRET);
    assert_string_not_equal(login->token, cookie);
    assert_false(login_enter(*state, str_of(code), cookie));
}

static void a_new_code_makes_the_old_one_void(void **state)
{
    char old[LOGIN_SECRET + 1];
    memcpy(old, code, sizeof old);
    login_launch(*state, code);
    assert_false(login_enter(*state, str_of(old), cookie));
    assert_true(login_enter(*state, str_of(code), cookie));
}

static void what_is_no_code_lets_nobody_in(void **state)
{
    static const char *const wrong[] = {"", "0", "x"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(login_enter(*state, str_of(wrong[i]), cookie));
    code[LOGIN_SECRET - 1] = code[LOGIN_SECRET - 1] == '0' ? '1' : '0';
    assert_false(login_enter(*state, str_of(code), cookie));
}

static void after_five_wrong_codes_the_right_one_has_to_wait(void **state)
{
    for (int i = 0; i < 5; i++)
        assert_false(login_enter(*state, STR("wrong"), cookie));
    assert_false(login_enter(*state, str_of(code), cookie));
}

static void a_screen_is_no_login_and_a_login_no_screen(void **state)
{
    char screen[LOGIN_SECRET + 1];
    assert_true(login_enter(*state, str_of(code), cookie));
    login_screen(*state, STR("journey-1"), login_find(*state, str_of(cookie)), screen);
    assert_null(login_find(*state, str_of(screen)));
    assert_null(login_find_screen(*state, str_of(cookie)));
    const struct login *login = login_find_screen(*state, str_of(screen));
    assert_non_null(login);
    assert_string_equal(login->journey, "journey-1");
    login_end_screens(*state, STR("journey-2"));
    assert_non_null(login_find_screen(*state, str_of(screen)));
    login_end_screens(*state, STR("journey-1"));
    assert_null(login_find_screen(*state, str_of(screen)));
}

static void leaving_ends_it(void **state)
{
    assert_true(login_enter(*state, str_of(code), cookie));
    login_leave(*state, login_find(*state, str_of(cookie)));
    assert_null(login_find(*state, str_of(cookie)));
}

static void there_is_always_a_place(void **state)
{
    char last[LOGIN_SECRET + 1];
    for (int i = 0; i < 3 * LOGINS_MAX; i++) {
        login_launch(*state, code);
        assert_true(login_enter(*state, str_of(code), last));
    }
    assert_non_null(login_find(*state, str_of(last)));
}

static void secrets_do_not_follow_from_a_seed(void **state)
{
    char again[LOGIN_SECRET + 1];
    (void)state;
    assert_int_equal(setenv("ESPALIER_SEED", "seed", 1), 0);
    random_secret(code);
    random_secret(again);
    (void)unsetenv("ESPALIER_SEED");
    assert_string_not_equal(code, again);
    assert_int_equal(strspn(code, "0123456789abcdef"), LOGIN_SECRET);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_code_lets_in_once),
        TEST(a_new_code_makes_the_old_one_void),
        TEST(what_is_no_code_lets_nobody_in),
        TEST(after_five_wrong_codes_the_right_one_has_to_wait),
        TEST(a_screen_is_no_login_and_a_login_no_screen),
        TEST(leaving_ends_it),
        TEST(there_is_always_a_place),
        TEST(secrets_do_not_follow_from_a_seed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
