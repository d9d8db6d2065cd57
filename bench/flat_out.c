/* The load: so many connections, each asking again as soon as it has its answer; one epoll loop.
 *
 * usage: flat_out PORT REQUESTS CONNECTIONS MILLISECONDS MOST own|turn
 * REQUESTS holds, for each request, a line with its length and then the request as it is sent. With "own" each
 * connection asks one request again and again, with "turn" each takes the next one of all.
 * Ends after the time or after MOST answers, whichever is first, and when all answers under way have come. Says
 * "answered failed microseconds". An answer fails that is not 200 or that holds errors.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 1024, ANSWER = 4 << 20, PATIENCE_MS = 30000 };

struct request { char *text; int length; };
struct connection { int fd, own, length, whole; char *buffer; };

static struct request *requests;
static int request_count, in_turn, under_way;
static struct connection connections[CONNECTIONS];
static long long asked, answered, failed, most, end;

static long long now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

static void give_up(const char *why) {
  fprintf(stderr, "%s\n", why);
  exit(1);
}

static void load(const char *name) {
  int length;
  FILE *file = fopen(name, "rb");
  if (!file) give_up("no requests");
  while (fscanf(file, "%d", &length) == 1) {
    fgetc(file);
    requests = realloc(requests, (request_count + 1) * sizeof *requests);
    requests[request_count] = (struct request){malloc(length), length};
    if (fread(requests[request_count++].text, 1, length, file) != (size_t)length) give_up("bad requests");
  }
  fclose(file);
  if (!request_count) give_up("no requests");
}

static void ask(struct connection *connection) {
  if (asked >= most || now() >= end) return;
  struct request *request = &requests[(in_turn ? asked : connection->own) % request_count];
  int sent = 0;
  asked++;
  under_way++;
  connection->length = connection->whole = 0;
  while (sent < request->length) {
    int written = send(connection->fd, request->text + sent, request->length - sent, MSG_NOSIGNAL);
    if (written < 0) give_up("the server hung up");
    sent += written;
  }
}

/* The length of the whole answer once its head is there, -1 for one in chunks. */
static int whole(const char *buffer, const char *body) {
  for (const char *line = buffer; line < body - 2; line = (char *)memmem(line, body - line, "\r\n", 2) + 2)
    if (!strncasecmp(line, "content-length:", 15)) return body - buffer + atoi(line + 15);
  return -1;
}

static int complete(struct connection *connection) {
  if (!connection->whole) {
    char *end_of_head = memmem(connection->buffer, connection->length, "\r\n\r\n", 4);
    if (!end_of_head) return 0;
    connection->whole = whole(connection->buffer, end_of_head + 4);
  }
  if (connection->whole > 0) return connection->length >= connection->whole;
  return connection->length > 7 && !memcmp(connection->buffer + connection->length - 7, "\r\n0\r\n\r\n", 7);
}

static void note(const struct connection *connection) {
  answered++;
  under_way--;
  if (memcmp(connection->buffer + 9, "200", 3) || memmem(connection->buffer, connection->length, "\"errors\":[", 10))
    failed++;
}

static void receive(struct connection *connection) {
  int got = recv(connection->fd, connection->buffer + connection->length, ANSWER - connection->length, MSG_DONTWAIT);
  if (got < 0 && errno == EAGAIN) return;
  if (got <= 0) give_up("the server hung up");
  connection->length += got;
  if (!complete(connection)) return;
  note(connection);
  ask(connection);
}

static void open_all(int poll, int port, int count) {
  struct sockaddr_in address = {AF_INET, htons(port), {htonl(INADDR_LOOPBACK)}, {0}};
  for (int i = 0; i < count; i++) {
    int fd = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    if (connect(fd, (void *)&address, sizeof address)) give_up("nobody listens");
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    connections[i] = (struct connection){fd, i, 0, 0, malloc(ANSWER)};
    epoll_ctl(poll, EPOLL_CTL_ADD, fd, &(struct epoll_event){.events = EPOLLIN, .data.ptr = &connections[i]});
  }
}

int main(int count, char **words) {
  if (count < 7) return 2;
  int poll = epoll_create1(0), wanted = atoi(words[3]);
  if (wanted > CONNECTIONS) give_up("too many connections");
  load(words[2]);
  in_turn = !strcmp(words[6], "turn");
  open_all(poll, atoi(words[1]), wanted);
  long long start = now();
  most = atoll(words[5]);
  end = start + atoll(words[4]) * 1000;
  for (int i = 0; i < wanted; i++) ask(&connections[i]);
  for (struct epoll_event events[256]; under_way;) {
    int ready = epoll_wait(poll, events, 256, PATIENCE_MS);
    if (ready <= 0) give_up("no answer");
    for (int i = 0; i < ready; i++) receive(events[i].data.ptr);
  }
  printf("%lld %lld %lld\n", answered, failed, now() - start);
}
