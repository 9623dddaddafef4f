/* Connections that take their time: each limit, met by a client that would go on for ever.  The
 * limits are short here, and the same client meets long ones beside them: it is the limit that ends
 * it. */
#include "web/door.h"

#include "unit.h"

#include <arpa/inet.h>
#include <errno.h>
#include <event2/buffer.h>
#include <event2/http.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LARGE = 32 << 20, BLOCK = 64 << 10, PATIENCE = 40, WHILE_MS = 300 };

struct place {
    struct event_base *base;
    struct evhttp *http;
    struct door *door;
    int port;
};

static char *large;

/* Says as many bytes as there can be no room for between two sockets. */
static void answer(struct evhttp_request *request, void *place)
{
    struct evbuffer *body = evbuffer_new();
    int status =
        door_status(((struct place *)place)->door, str_of(evhttp_request_get_uri(request)));
    (void)evbuffer_add_reference(body, large, status ? 1 : LARGE, NULL, NULL);
    evhttp_send_reply(request, status ? status : 200, "Said", body);
    evbuffer_free(body);
}

static size_t any_size(struct str method, struct str path)
{
    (void)method;
    (void)path;
    return LARGE;
}

static void open_place(struct place *p, const struct door_options *limits)
{
    struct door_options o = *limits;
    struct sockaddr_in name = {0};
    socklen_t n = sizeof name;
    p->base = event_base_new();
    p->http = evhttp_new(p->base);
    o.base = p->base;
    o.body_limit = any_size;
    p->door = door_new(&o);
    evhttp_set_bevcb(p->http, door_connection, p->door);
    evhttp_set_gencb(p->http, answer, p);
    struct evhttp_bound_socket *bound = evhttp_bind_socket_with_handle(p->http, "127.0.0.1", 0);
    assert_int_equal(getsockname(evhttp_bound_socket_get_fd(bound), (struct sockaddr *)&name, &n),
                     0);
    p->port = ntohs(name.sin_port);
}

static void close_place(struct place *p)
{
    evhttp_free(p->http);
    door_free(p->door);
    event_base_free(p->base);
}

static int call(const struct place *p)
{
    struct sockaddr_in name = {.sin_family = AF_INET, .sin_port = htons((uint16_t)p->port)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    assert_int_equal(connect(fd, (struct sockaddr *)&name, sizeof name), 0);
    assert_int_equal(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
    return fd;
}

/* A client: what it says first, what it says again and again, and how much it reads at a time. */
struct client {
    const char *first, *again;
    size_t reads;
    int fd;
    size_t taken;
    bool ended;
};

static void go_on(struct client *c)
{
    static char bytes[BLOCK];
    if (c->again && send(c->fd, c->again, strlen(c->again), MSG_NOSIGNAL) < 0 && errno != EAGAIN)
        c->ended = true;
    ssize_t n =
        c->reads ? recv(c->fd, bytes, c->reads, 0) : recv(c->fd, bytes, 1, MSG_PEEK | MSG_DONTWAIT);
    if (c->reads && n > 0)
        c->taken += (size_t)n;
    if (n == 0 || (n < 0 && errno != EAGAIN))
        c->ended = true;
}

static long now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

/* Serves the client until the door has forgotten it, or for so many milliseconds. */
static bool lasts(struct place *p, struct client *c, long ms)
{
    long until = now_ms() + ms;
    c->fd = call(p);
    c->taken = 0;
    c->ended = false;
    assert_true(send(c->fd, c->first, strlen(c->first), MSG_NOSIGNAL) >= 0);
    while (door_count(p->door) == 0)
        (void)event_base_loop(p->base, EVLOOP_NONBLOCK);
    while (!c->ended && door_count(p->door) > 0 && now_ms() < until) {
        (void)event_base_loop(p->base, EVLOOP_NONBLOCK);
        go_on(c);
        (void)nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    return !c->ended && door_count(p->door) > 0;
}

#define HEAD "Host: x\r\n"

static const struct {
    const char *what;
    struct door_options limits;
    struct client client;
} rows[] = {
    {"says nothing", {.header = {.tv_usec = 50000}}, {.first = ""}},
    {"stops in its head",
     {.header = {.tv_usec = 50000}},
     {.first = "GET / HTTP/1.1\r\n" HEAD, .reads = 1}},
    {"never comes to the end of its head",
     {.header = {.tv_usec = 50000}},
     {.first = "GET / HTTP/1.1\r\n" HEAD "X: ", .again = "y", .reads = 1}},
    {"stops in its body",
     {.body = {.tv_usec = 50000}},
     {.first = "POST / HTTP/1.1\r\n" HEAD "Content-Length: 900000\r\n\r\n", .reads = 1}},
    {"never comes to the end of its body",
     {.body = {.tv_usec = 50000}},
     {.first = "POST / HTTP/1.1\r\n" HEAD "Content-Length: 900000\r\n\r\n",
      .again = "y",
      .reads = 1}},
    {"does not read its answer",
     {.stall = {.tv_usec = 50000}},
     {.first = "GET / HTTP/1.1\r\n" HEAD "\r\n"}},
    {"does not ask again",
     {.idle = {.tv_usec = 50000}},
     {.first = "GET / HTTP/1.1\r\n" HEAD "\r\n", .reads = BLOCK}},
};

static void test_who_takes_too_long_is_ended(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct client client = rows[i].client;
        struct place p;
        open_place(&p, &rows[i].limits);
        if (lasts(&p, &client, 1000L * PATIENCE))
            fail_msg("who %s is never ended", rows[i].what);
        (void)close(client.fd);
        close_place(&p);
    }
}

/* The control: nothing else would have ended it. */
static void test_within_the_limits_nobody_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        struct client client = rows[i].client;
        struct place p;
        open_place(&p, &(struct door_options){0});
        if (!lasts(&p, &client, WHILE_MS))
            fail_msg("who %s is ended before its time", rows[i].what);
        (void)close(client.fd);
        close_place(&p);
    }
}

/* Slowly is not never: whoever goes on reading gets all of it, for longer than any stall may be. */
static void test_who_reads_slowly_gets_all(void **state)
{
    struct client client = {.first = "GET / HTTP/1.1\r\n" HEAD "Connection: close\r\n\r\n",
                            .reads = BLOCK / 4};
    struct place p;
    long from = now_ms();
    (void)state;
    open_place(&p, &(struct door_options){.stall = {.tv_sec = 1}});
    (void)lasts(&p, &client, 1000L * PATIENCE);
    assert_true(now_ms() - from > 1000);
    while (!client.ended) /* what was on its way */
        go_on(&client);
    (void)close(client.fd);
    close_place(&p);
    assert_true(client.taken > LARGE);
}

/* However many strangers come and hold on, in the end there are no more than there may be. */
static void test_strangers_make_room(void **state)
{
    enum { MANY = 2 * (DOOR_CONNECTIONS + DOOR_NEWCOMERS) };
    struct place p;
    static int fds[MANY];
    size_t most = 0;
    long until = now_ms() + 1000L * PATIENCE;
    (void)state;
    open_place(&p, &(struct door_options){0});
    for (size_t i = 0; i < MANY; i++) {
        fds[i] = call(&p);
        (void)event_base_loop(p.base, EVLOOP_NONBLOCK);
        most = door_count(p.door) > most ? door_count(p.door) : most;
    }
    while (door_count(p.door) > DOOR_CONNECTIONS && now_ms() < until)
        (void)event_base_loop(p.base, EVLOOP_ONCE);
    assert_in_range(most, DOOR_CONNECTIONS, DOOR_CONNECTIONS + DOOR_NEWCOMERS + 2);
    assert_int_equal(door_count(p.door), DOOR_CONNECTIONS);
    for (size_t i = 0; i < MANY; i++)
        (void)close(fds[i]);
    close_place(&p);
}

static int set_up(void **state)
{
    (void)state;
    (void)signal(SIGPIPE, SIG_IGN);
    large = calloc(1, LARGE);
    return large ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    free(large);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_takes_too_long_is_ended),
        cmocka_unit_test(test_within_the_limits_nobody_is),
        cmocka_unit_test(test_who_reads_slowly_gets_all),
        cmocka_unit_test(test_strangers_make_room),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
