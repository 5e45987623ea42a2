/* Speed and memory of grouping as a stream: made-up reports of about 500 words (a Zipf vocabulary; stories
 * that come in bursts, share words and names, and die down; one in ten a copy of an earlier report) go
 * straight into the stream as weighted terms. Same arguments, same reports.
 *
 *   stream N [- | keep [SEED]]   N reports over thirty days; prints a line a tenth. keep: saves each thousand
 * into chunks in memory (which count as memory then), opens them again and adds single reports */
#include "story/stream.h"
#include "base/buffer.h"
#include "base/hash.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum {
    VOCABULARY = 2000000,
    DRAWS = 280,      /* content words of a report of 500 words */
    STORY_WORDS = 60, /* that the reports of a story keep using */
    STORY_DRAWS = 70, /* content words of a report that are its story's */
    STORY_NAMES = 8,
    LIVE = 4000, /* stories that get reports at a time */
    TABLE = 1 << 20,
    BACKGROUND = 624
};

typedef struct maker {
    uint64_t state;
    uint32_t *zipf; /* ranks, as often as they come */
    struct live {
        uint32_t words[STORY_WORDS];
        uint64_t names[STORY_NAMES];
        uint32_t last; /* the story in which its last report was put */
    } stories[LIVE];
} maker;

static uint64_t draw(maker *m)
{
    return dsr_hash_mix(m->state += 0x9e3779b97f4a7c15u);
}

static uint32_t word(maker *m)
{
    return m->zipf[draw(m) % TABLE];
}

static void renew(maker *m, struct live *story)
{
    for (int i = 0; i < STORY_WORDS; i++) {
        story->words[i] = word(m);
    }
    for (int i = 0; i < STORY_NAMES; i++) {
        /* Most names are known, some are new. */
        story->names[i] = dsr_hash_mix(draw(m) % 4 ? draw(m) % 20000 : draw(m)) | 1;
    }
    story->last = 0;
}

/* Ranks by 1 / (rank + 2.7): drawn from a table, the tail at random. */
static void make_zipf(maker *m)
{
    double all = 0, sum = 0;
    for (int i = 0; i < VOCABULARY; i++) {
        all += 1 / (i + 2.7);
    }
    uint32_t at = 0;
    for (uint32_t i = 0; i < VOCABULARY && at < TABLE; i++) {
        sum += 1 / (i + 2.7);
        while (at < TABLE && at < sum / all * TABLE) {
            m->zipf[at++] = i;
        }
    }
    while (at < TABLE) {
        m->zipf[at++] = VOCABULARY - 1;
    }
}

static int compare_terms(const void *x, const void *y)
{
    const struct dsr_story_term *a = x, *b = y;
    return a->hash < b->hash ? -1 : a->hash > b->hash;
}

static void make_terms(maker *m, const struct live *story, dsr_story_terms *t)
{
    t->count = 0;
    for (int i = 0; i < DRAWS; i++) {
        uint32_t w = i < STORY_DRAWS ? story->words[draw(m) % STORY_WORDS] : word(m) + 60;
        /* Words of a table rank of more than a thousand come from the long tail beside it. */
        if (w > 20000 && i >= STORY_DRAWS) {
            w += (uint32_t)(draw(m) % 64) * 20000;
        }
        uint32_t background = w < 5000 ? BACKGROUND / (1 + w / 40) : 0;
        t->items[t->count++] = (struct dsr_story_term){dsr_hash_mix(w), background, 1, i < 4 || i == 100,
                                                       i < 20 || (i > 99 && i < 115)};
    }
    qsort(t->items, t->count, sizeof *t->items, compare_terms);
    size_t kept = 0;
    for (size_t i = 1; i < t->count; i++) {
        struct dsr_story_term *last = &t->items[kept];
        if (last->hash != t->items[i].hash) {
            t->items[++kept] = t->items[i];
            continue;
        }
        last->count++;
        last->in_title = (uint16_t)(last->in_title + t->items[i].in_title);
        last->in_lead = (uint16_t)(last->in_lead + t->items[i].in_lead);
    }
    t->count = kept + 1;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static long resident(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;
}

static void one_report(maker *m, dsr_stream *stream, dsr_story_terms *terms, uint32_t i, uint32_t n)
{
    struct live *story = &m->stories[draw(m) % LIVE];
    dsr_stream_name names[STORY_NAMES + 8];
    if (draw(m) % 5 == 0) {
        renew(m, story);
    }
    make_terms(m, story, terms);
    terms->has_day = true;
    terms->day = 20000 + (int32_t)((uint64_t)i * 30 / n);
    size_t count = 0;
    for (int k = 0; k < STORY_NAMES + 8; k++) {
        uint64_t hash = k < STORY_NAMES ? story->names[k] : dsr_hash_mix(draw(m) % 400000) | 1;
        names[count++] = (dsr_stream_name){hash, 1 + (uint32_t)(k < STORY_NAMES)};
    }
    dsr_stream_tie tie = {story->last, 600 + (uint32_t)(draw(m) % 400)};
    bool copy = story->last && draw(m) % 10 == 0;
    dsr_stream_report report = {i, terms, names, count, &tie, copy, 0};
    dsr_stream_decision decision;
    if (dsr_stream_add(stream, &report, &decision, NULL) != DSR_OK) {
        fprintf(stderr, "stream: a report could not be placed\n");
        exit(1);
    }
    story->last = decision.story;
}

/* Opens the stream again from its chunks, then adds and saves one report at a time. */
static void reopen(maker *m, const dsr_chunks *chunks, dsr_story_terms *terms, uint32_t n)
{
    enum { SINGLES = 501 };
    static double each[SINGLES];
    dsr_stream *stream = NULL;
    dsr_stream_options options = {BACKGROUND, 0, 0};
    dsr_error error;
    double start = now();
    if (dsr_stream_new(&options, &stream) != DSR_OK || dsr_stream_load(stream, chunks, &error) != DSR_OK) {
        exit(1);
    }
    printf("opened again in %.2f s, %zu open stories\n", now() - start, dsr_stream_count_open(stream));
    for (uint32_t i = 0; i < SINGLES; i++) {
        start = now();
        one_report(m, stream, terms, n - 1, n);
        if (dsr_stream_save(stream, chunks, &error) != DSR_OK) {
            exit(1);
        }
        double taken = now() - start;
        uint32_t at = i;
        for (; at > 0 && each[at - 1] > taken; at--) {
            each[at] = each[at - 1];
        }
        each[at] = taken;
    }
    printf("one more report, added and saved: median %.2f ms, longest %.2f ms\n", each[SINGLES / 2] * 1e3,
           each[SINGLES - 1] * 1e3);
    dsr_stream_drop(stream);
}

static void run(maker *m, dsr_stream *stream, const dsr_chunks *chunks, dsr_story_terms *terms, uint32_t n)
{
    enum { BATCH = 1000 };
    double start = now();
    /* What making the reports costs, to be taken off. */
    for (int i = 0; i < 10000; i++) {
        make_terms(m, &m->stories[0], terms);
    }
    double making = (now() - start) / 10000;
    long before = resident();
    for (uint32_t i = 0, tenth = 0; tenth < 10; tenth++) {
        dsr_error error;
        start = now();
        uint32_t end = (uint32_t)((uint64_t)n * (tenth + 1) / 10), first = i;
        for (; i < end; i++) {
            one_report(m, stream, terms, i, n);
            if (chunks && (i % BATCH == BATCH - 1 || i + 1 == n) &&
                dsr_stream_save(stream, chunks, &error) != DSR_OK) {
                exit(1);
            }
        }
        double each = (now() - start) / (end - first) - making;
        printf("%u reports: %.0f a second (%.1f us each; %.1f us to make one, not counted), %zu open "
               "stories, %ld MB\n",
               i, 1 / each, each * 1e6, making * 1e6, dsr_stream_count_open(stream), resident() - before);
        fflush(stdout);
    }
}

int main(int count, char **args)
{
    bool keep = count > 2 && strcmp(args[2], "keep") == 0;
    uint32_t n = count > 1 ? (uint32_t)atoi(args[1]) : 100000;
    static maker m;
    m.state = count > 3 ? (uint64_t)atoi(args[3]) : 1;
    m.zipf = malloc(TABLE * sizeof *m.zipf);
    dsr_story_terms terms = {.items = malloc(DRAWS * sizeof *terms.items)};
    dsr_stream *stream = NULL;
    dsr_stream_options options = {BACKGROUND, 0, 0};
    dsr_memory_chunks *memory = dsr_memory_chunks_new();
    dsr_error error;
    if (!m.zipf || !terms.items || !memory || dsr_stream_new(&options, &stream) != DSR_OK) {
        return 1;
    }
    dsr_chunks chunks = dsr_memory_chunks_surface(memory);
    make_zipf(&m);
    for (int i = 0; i < LIVE; i++) {
        renew(&m, &m.stories[i]);
    }
    if (keep && dsr_stream_load(stream, &chunks, &error) != DSR_OK) {
        return 1;
    }
    run(&m, stream, keep ? &chunks : NULL, &terms, n);
    dsr_stream_drop(stream);
    if (keep) {
        printf("state: %zu bytes, %zu a report\n", dsr_memory_chunks_bytes(memory),
               dsr_memory_chunks_bytes(memory) / n);
        reopen(&m, &chunks, &terms, n);
    }
    dsr_memory_chunks_drop(memory);
    free(terms.items);
    free(m.zipf);
    return 0;
}
