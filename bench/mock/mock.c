/* The mock upstream: one epoll loop, canned answers, an optional delay.
 *
 * usage: mock PORT ROUTES
 * ROUTES holds, for each answer, a line "path key1,key2,... length" and `length` bytes of body. The first route whose
 * path is the request's, and whose keys all stand in the request's body, answers. "-" stands for no keys.
 * A patient id "PID" and six digits in the request replaces the one in the answer, so that any number of people can be
 * asked about; without one, the answer has its own.
 * GET and POST are answered alike, but for GET /count: calls so far, and GET /delay/MICROSECONDS: delay of each answer
 * from now on.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum { ROUTES = 128, KEYS = 4, PLACES = 512, REQUEST = 65536, FDS = 4096, WAITING = 65536, ID = 9 };

struct route { char path[128], key[KEYS][96]; int path_length, keys, length, places, place[PLACES]; char *answer, recorded[ID]; };
struct connection { unsigned generation; int length; char buffer[REQUEST]; };
struct waiting { long long due; int fd; unsigned generation; int route; char id[ID]; };

static struct route routes[ROUTES];
static int route_count;
static struct connection *connections[FDS];
static struct waiting waiting[WAITING];
static unsigned head, tail, generation;
static long long calls, delay_ns;
static int timer;

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void load(const char *name) {
  char keys[512];
  int length;
  FILE *file = fopen(name, "rb");
  if (!file) { perror(name); exit(1); }
  while (route_count < ROUTES && fscanf(file, "%127s %511s %d", routes[route_count].path, keys, &length) == 3) {
    struct route *route = &routes[route_count++];
    fgetc(file);
    if (strcmp(keys, "-"))
      for (char *key = strtok(keys, ","); key && route->keys < KEYS; key = strtok(0, ",")) strncpy(route->key[route->keys++], key, 95);
    route->path_length = strlen(route->path);
    route->answer = malloc(length + 512);
    int start = sprintf(route->answer,
                        "HTTP/1.1 200 OK\r\nContent-Type: application/json;charset=UTF-8\r\nServer: mock\r\n"
                        "Content-Length: %d\r\nConnection: keep-alive\r\n\r\n", length);
    if (fread(route->answer + start, 1, length, file) != (size_t)length) { fputs("bad routes\n", stderr); exit(1); }
    route->length = start + length;
    for (int i = start; i + ID <= route->length && route->places < PLACES; i++)
      if (!memcmp(route->answer + i, "PID", 3)) route->place[route->places++] = i;
    if (route->places) memcpy(route->recorded, route->answer + route->place[0], ID);
  }
  fclose(file);
}

static void say(int fd, const char *text, int length) {
  while (length > 0) {
    int sent = send(fd, text, length, MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno != EAGAIN) return;
      usleep(50);
      continue;
    }
    text += sent;
    length -= sent;
  }
}

static void answer(int fd, struct route *route, const char *id) {
  if (!*id) id = route->recorded;
  for (int i = 0; i < route->places; i++) memcpy(route->answer + route->place[i], id, ID);
  say(fd, route->answer, route->length);
}

static void arm(void) {
  struct itimerspec at = {0};
  if (head != tail) {
    long long due = waiting[head % WAITING].due;
    at.it_value.tv_sec = due / 1000000000LL;
    at.it_value.tv_nsec = due % 1000000000LL;
  }
  timerfd_settime(timer, TFD_TIMER_ABSTIME, &at, 0);
}

static struct route *find(const char *path, int path_length, const char *body, int length) {
  for (struct route *route = routes; route < routes + route_count; route++) {
    if (route->path_length != path_length || memcmp(route->path, path, path_length)) continue;
    int key = 0;
    while (key < route->keys && memmem(body, length, route->key[key], strlen(route->key[key]))) key++;
    if (key == route->keys) return route;
  }
  return 0;
}

static int control(int fd, const char *path) {
  char number[32], text[160];
  if (!memcmp(path, "/delay/", 7)) delay_ns = atoll(path + 7) * 1000;
  else if (memcmp(path, "/count ", 7)) return 0;
  int digits = sprintf(number, "%lld", calls);
  say(fd, text, sprintf(text, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", digits, number));
  return 1;
}

static void call(int fd, struct connection *connection, char *path, int body, int length) {
  char *end = memchr(path, ' ', 300), id[ID] = "";
  struct route *route = end ? find(path, end - path, connection->buffer + body, length) : 0;
  calls++;
  if (!route) {
    static const char missing[] = "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}";
    say(fd, missing, sizeof missing - 1);
    return;
  }
  char *found = memmem(connection->buffer + body, length, "PID", 3);
  if (found && found + ID <= connection->buffer + body + length) memcpy(id, found, ID);
  if (!delay_ns) { answer(fd, route, id); return; }
  int first = head == tail;
  struct waiting *one = &waiting[tail++ % WAITING];
  *one = (struct waiting){now() + delay_ns, fd, connection->generation, route - routes, ""};
  memcpy(one->id, id, ID);
  if (first) arm();
}

static void requests(int fd, struct connection *connection) {
  for (;;) {
    char *buffer = connection->buffer, *end = memmem(buffer, connection->length, "\r\n\r\n", 4);
    if (!end) return;
    int body = end - buffer + 4, length = 0;
    for (char *line = buffer; line < end;) {
      char *next = memmem(line, end - line + 2, "\r\n", 2);
      if (!next) break;
      if (!strncasecmp(line, "content-length:", 15)) length = atoi(line + 15);
      line = next + 2;
    }
    if (connection->length < body + length) return;
    int get = !memcmp(buffer, "GET ", 4);
    if (!get || !control(fd, buffer + 4)) call(fd, connection, buffer + (get ? 4 : 5), body, length);
    memmove(buffer, buffer + body + length, connection->length - body - length);
    connection->length -= body + length;
  }
}

static void due(void) {
  unsigned long long ticks;
  if (read(timer, &ticks, 8) < 0) return;
  long long time = now();
  while (head != tail && waiting[head % WAITING].due <= time + 20000) {
    struct waiting *one = &waiting[head++ % WAITING];
    struct connection *connection = connections[one->fd];
    if (connection && connection->generation == one->generation) answer(one->fd, &routes[one->route], one->id);
  }
  arm();
}

static void welcome(int poll, int listening) {
  int fd, one = 1;
  while ((fd = accept4(listening, 0, 0, SOCK_NONBLOCK)) >= 0) {
    if (fd >= FDS) { close(fd); continue; }
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    connections[fd] = calloc(1, sizeof **connections);
    connections[fd]->generation = ++generation;
    epoll_ctl(poll, EPOLL_CTL_ADD, fd, &(struct epoll_event){.events = EPOLLIN, .data.fd = fd});
  }
}

static void receive(int fd) {
  struct connection *connection = connections[fd];
  if (!connection) return;
  int got = recv(fd, connection->buffer + connection->length, REQUEST - connection->length, 0);
  if (got > 0) {
    connection->length += got;
    requests(fd, connection);
  } else if (got == 0 || errno != EAGAIN) {
    close(fd);
    free(connection);
    connections[fd] = 0;
  }
}

int main(int count, char **words) {
  if (count < 3) return 2;
  load(words[2]);
  signal(SIGPIPE, SIG_IGN);
  int listening = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), one = 1;
  setsockopt(listening, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in address = {AF_INET, htons(atoi(words[1])), {htonl(INADDR_LOOPBACK)}, {0}};
  if (bind(listening, (void *)&address, sizeof address) || listen(listening, 1024)) { perror("bind"); return 1; }
  int poll = epoll_create1(0);
  timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  epoll_ctl(poll, EPOLL_CTL_ADD, listening, &(struct epoll_event){.events = EPOLLIN, .data.fd = listening});
  epoll_ctl(poll, EPOLL_CTL_ADD, timer, &(struct epoll_event){.events = EPOLLIN, .data.fd = timer});
  for (struct epoll_event events[256];;) {
    int ready = epoll_wait(poll, events, 256, -1);
    for (int i = 0; i < ready; i++) {
      int fd = events[i].data.fd;
      if (fd == listening) welcome(poll, listening);
      else if (fd == timer) due();
      else receive(fd);
    }
  }
}
