/* Keys and signals in a pseudo-terminal, and its modes before and after. */
#include "terminal.h"

static void sorting_by_keys(void **state)
{
    (void)state;
    ask(Q(SORT));
    expect("nerves");
    type("xm");
    expect("Maintain");
    expect("time");
    type("\x7f");
    expect("now: Maintain");
    type("+r");
    expect("because");
    type("it hurts\r");
    expect("time");
    type("?");
    expect(":back");
    expect("time");
    type("\x1b[Am");
    expect("Enter saves");
    type("2\r");
    expect("now: Maintain");
    type("r");
    expect("Enter saves");
    type("\r");
    end_with(0,
             "answer d/q {\"k1\":{\"to\":\"reduce\",\"why\":\"it "
             "hurts\"},\"k2\":{\"to\":\"reduce\"}}\n");
    assert_only_own_sequences();
}

static void a_command_among_keys(void **state)
{
    (void)state;
    ask(Q(SORT));
    expect("nerves");
    type(":");
    expect(":");
    type("skip too many\r");
    end_with(0, "skip d/q too many\n");
}

static void rating_by_keys(void **state)
{
    (void)state;
    ask(Q("\"type\":\"grid\",\"rows\":[{\"id\":\"a\",\"text\":\"Manager\"},{\"id\":\"b\","
          "\"text\":\"Friend\"}],\"scales\":[{\"id\":\"w\",\"label\":\"Weight\",\"from\":1,\"to\":"
          "10}]"));
    expect("Manager");
    type("07");
    expect("Friend");
    type("\x7f");
    expect("(7)");
    type("x");
    expect("Friend");
    type("3");
    end_with(0, "answer d/q {\"a\":{\"w\":10},\"b\":{\"w\":3}}\n");
}

static void choosing_by_keys(void **state)
{
    (void)state;
    ask(Q("\"type\":\"choices\",\"options\":[{\"id\":\"a\",\"label\":\"Apples\"},{\"id\":\"b\","
          "\"label\":\"Pears\"},{\"id\":\"c\",\"label\":\"Plums\"}]"));
    expect("Enter when you are done");
    type("321");
    type("2\r");
    end_with(0, "answer d/q [\"a\",\"c\"]\n");
    assert_only_own_sequences();
}

static void signals_end_it_in_order(void **state)
{
    (void)state;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        ask(TWO);
        expect("> ");
        type("kept\r");
        expect("The second?");
        expect("> ");
        type("half a sen");
        (void)take_in(20);
        (void)kill(t.child, signals[i]);
        expect("espalier run Ada");
        end_with(130, "answer d/q \"kept\"\n");
    }
}

static void interrupting_by_key(void **state)
{
    (void)state;
    ask(Q("\"type\":\"text\""));
    expect("> ");
    type("\x03");
    expect("espalier run Ada");
    end_with(130, "");
    ask(Q(SORT));
    expect("nerves");
    type("\x03");
    expect("espalier run Ada");
    end_with(130, "");
}

static void death_leaves_the_terminal_as_it_was(void **state)
{
    (void)state;
    ask(TWO);
    expect("> ");
    type("half a sen");
    (void)take_in(20);
    (void)kill(t.child, SIGABRT);
    end_with(1000 + SIGABRT, NULL);
    ask(Q(SORT));
    expect("nerves");
    (void)take_in(20);
    (void)kill(t.child, SIGABRT);
    end_with(1000 + SIGABRT, NULL);
}

static void signals_at_any_moment(void **state)
{
    (void)state;
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGINT, SIGCONT};
    for (int i = 0; i < 40; i++) {
        int number = signals[i % 6];
        ask(TWO);
        expect("question?");
        type("words that are typed\rand more\r");
        struct timespec pause = {.tv_nsec = i * 611953L % 4000000};
        (void)nanosleep(&pause, NULL);
        (void)kill(t.child, number);
        char log[65536];
        int status = finish(log);
        /* A signal behind the end of the conversation finds the program without its handlers. */
        assert_true(status == 0 || status == 130 || status == 1000 + number);
        assert_terminal_as_before();
        (void)close(t.master);
        (void)close(t.slave);
    }
}

static void stopping_and_going_on(void **state)
{
    (void)state;
    int status;
    ask(Q("\"type\":\"text\""));
    expect("> ");
    type("before ");
    expect("before");
    (void)kill(t.child, SIGTSTP);
    /* In a session of its own without a shell the stop is refused by the system; either way it goes
     * on. */
    for (int i = 0; i < 10; i++)
        (void)take_in(10);
    if (waitpid(t.child, &status, WNOHANG | WUNTRACED) == t.child && WIFSTOPPED(status)) {
        assert_terminal_as_before();
        (void)kill(t.child, SIGCONT);
    }
    expect("before");
    type("and after\r");
    end_with(0, "answer d/q \"before and after\"\n");
}

static void a_storm_of_sizes(void **state)
{
    (void)state;
    ask(Q("\"type\":\"text\""));
    expect("> ");
    for (int i = 0; i < 60; i++) {
        struct winsize size = {.ws_col = (unsigned short)(1 + i * 7 % 120),
                               .ws_row = (unsigned short)(1 + i % 40)};
        (void)ioctl(t.master, TIOCSWINSZ, &size);
        type("w");
        (void)take_in(2);
    }
    type("\r");
    end_with(0, "answer d/q \"wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww\"\n");
    assert_only_own_sequences();
}

static void a_dumb_terminal_gets_plain_lines(void **state)
{
    (void)state;
    start(&(struct setup){.questions = Q(SORT), .name = "TERM", .value = "dumb"});
    expect("> ");
    type("m\n");
    expect("2/2");
    type("r\n");
    expect("saved");
    char log[65536];
    assert_int_equal(finish(log), 0);
    assert_string_equal(log,
                        "answer d/q {\"k1\":{\"to\":\"maintain\"},\"k2\":{\"to\":\"reduce\"}}\n");
    assert_null(strchr(t.got, '\x1b'));
}

static void a_quiet_screen_is_hidden(void **state)
{
    (void)state;
    start(&(struct setup){.questions = Q("\"type\":\"text\""), .idle = 1});
    expect("> ");
    type("half");
    expect("\x1b[2J\x1b[3J");
    expect("Hidden");
    type("x");
    expect("The question?");
    expect("> half");
    type("!\r");
    end_with(0, "answer d/q \"half!\"\n");
    start(&(struct setup){.questions = Q(SORT), .idle = 1});
    expect("nerves");
    expect("Hidden");
    type("r");
    expect("nerves");
    type("mm");
    expect("Enter saves");
    type("\r");
    end_with(0, "answer d/q {\"k1\":{\"to\":\"maintain\"},\"k2\":{\"to\":\"maintain\"}}\n");
}

int main(void)
{
    terminal_prepare();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sorting_by_keys),
        cmocka_unit_test(a_command_among_keys),
        cmocka_unit_test(rating_by_keys),
        cmocka_unit_test(choosing_by_keys),
        cmocka_unit_test(signals_end_it_in_order),
        cmocka_unit_test(interrupting_by_key),
        cmocka_unit_test(death_leaves_the_terminal_as_it_was),
        cmocka_unit_test(signals_at_any_moment),
        cmocka_unit_test(stopping_and_going_on),
        cmocka_unit_test(a_storm_of_sizes),
        cmocka_unit_test(a_dumb_terminal_gets_plain_lines),
        cmocka_unit_test(a_quiet_screen_is_hidden),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
