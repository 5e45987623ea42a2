/* Makes up reports for the bench: words nobody ever wrote, put together as news is (a few words very often,
 * most rarely), with copies planted among them. Same arguments, same bytes. It must not know how Dossier
 * compares.
 *
 *   generate copies FOLDER N [WORDS]   N files of about WORDS words (400), a tenth of them copies of an
 * earlier one; FOLDER/planted.tsv lists which of which, and how generate stories FILE N            N reports
 * of N/5 stories as JSON Lines: of five, two carry one wire text */
#include "made_text.h"

#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { FILES_A_FOLDER = 1000 };

static int fail(const char *what)
{
    fprintf(stderr, "generate: %s: %s\n", what, strerror(errno));
    return 1;
}

/* How each planted copy is made, in turn. */
static const char *const copy_kinds[] = {"edited", "cut", "embedded"};

typedef struct copies_job {
    const char *folder;
    uint32_t count, words;
    const made_vocabulary *vocabulary;
    FILE *planted;
} copies_job;

/* Document `number` without its copies: drawn from its own number, so that it can be made again. */
static made_topic write_original(const copies_job *job, uint32_t number, made_draft *text)
{
    made_random random = {UINT64_C(0x5eed) + number};
    made_topic about = made_make_topic(&random);
    text->count = 0;
    made_write_words(text, job->vocabulary, &about, &random, job->words);
    return about;
}

static int write_file(const copies_job *job, uint32_t number, const char *text, size_t length)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%03u", job->folder, number / FILES_A_FOLDER);
    if (number % FILES_A_FOLDER == 0 && mkdir(path, 0777) != 0 && errno != EEXIST) {
        return fail(path);
    }
    snprintf(path, sizeof path, "%s/%03u/%06u.txt", job->folder, number / FILES_A_FOLDER, number);
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return fail(path);
    }
    bool good = fwrite(text, 1, length, file) == length;
    good = fclose(file) == 0 && good;
    return good ? 0 : fail(path);
}

static int write_document(const copies_job *job, uint32_t number, made_draft *text, made_draft *source,
                          char *room)
{
    made_topic about = write_original(job, number, text);
    /* Every tenth is a copy of one of the nine before it or of any earlier original. */
    if (number % 10 == 9) {
        made_random random = {UINT64_C(0xc0b1e5) + number};
        uint32_t from = made_draw_below(&random, number);
        from -= from % 10 == 9;
        unsigned kind = number / 10 % 3;
        about = write_original(job, from, source);
        text->count = 0;
        made_write_copy(text, source, job->vocabulary, &about, &random, kind);
        fprintf(job->planted, "%06u\t%06u\t%s\n", number, from, copy_kinds[kind]);
    }
    size_t length = made_render(text, job->vocabulary, &about, "\n", room);
    return write_file(job, number, room, length);
}

static int generate_copies(const copies_job *given, made_draft *text, made_draft *source, char *room)
{
    copies_job job = *given;
    char path[4096];
    if (mkdir(job.folder, 0777) != 0 && errno != EEXIST) {
        return fail(job.folder);
    }
    snprintf(path, sizeof path, "%s/planted.tsv", job.folder);
    job.planted = fopen(path, "w");
    if (job.planted == NULL) {
        return fail(path);
    }
    int status = 0;
    for (uint32_t i = 0; i < job.count && status == 0; i++) {
        status = write_document(&job, i, text, source, room);
    }
    return fclose(job.planted) == 0 ? status : fail(path);
}

/* One report of a story. Reports 0 and 1 of five carry one wire text, the second with edits and a tail of its
 * own. */
static void write_report(FILE *file, const made_vocabulary *words, uint32_t number, made_draft *text,
                         made_draft *wire, char *room)
{
    uint32_t story = number / 5, part = number % 5;
    made_random of_story = {UINT64_C(0x570e1e5) + story}, own = {UINT64_C(0x0e9047) + number};
    made_topic about = made_make_topic(&of_story);
    wire->count = text->count = 0;
    made_write_words(wire, words, &about, &of_story, 250);
    if (part < 2) {
        made_copy_words(text, wire, 0, wire->count, part * 3, words, &own);
    }
    made_write_words(text, words, &about, &own, part < 2 ? 100 : 350);
    unsigned day = 1 + story * 7 % 28, hour = part * 4;
    fprintf(file,
            "{\"id\":\"r%06u\",\"title\":\"%s %s %s of "
            "%s\",\"published\":\"2031-03-%02uT%02u:00:00Z\",\"text\":\"",
            number, about.names[0], words->words[about.words[0]], words->words[about.words[1]],
            about.names[1], day, hour);
    made_render(text, words, &about, "\\n", room);
    fprintf(file, "%s\"}\n", room);
}

static int generate_stories(const char *path, uint32_t count, const made_vocabulary *words, made_draft *text,
                            made_draft *wire, char *room)
{
    FILE *file = fopen(path, "w");
    if (file == NULL) {
        return fail(path);
    }
    /* The reports of one story do not come in a row. */
    for (uint32_t part = 0; part < 5; part++) {
        for (uint32_t story = 0; story < count / 5; story++) {
            write_report(file, words, story * 5 + part, text, wire, room);
        }
    }
    bool good = ferror(file) == 0;
    good = fclose(file) == 0 && good;
    return good ? 0 : fail(path);
}

static bool read_number(const char *text, uint32_t most, uint32_t *out)
{
    char *end = NULL;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    *out = (uint32_t)value;
    return errno == 0 && end != text && *end == '\0' && value > 0 && value <= most;
}

int main(int argc, char **argv)
{
    uint32_t count = 0, length = 400;
    bool copies = argc >= 4 && strcmp(argv[1], "copies") == 0;
    bool stories = argc == 4 && strcmp(argv[1], "stories") == 0;
    if (!(copies || stories) || argc > 5 || !read_number(argv[3], 1000000, &count) ||
        (argc == 5 && !read_number(argv[4], MADE_MAX_WORDS / 2, &length))) {
        fputs("usage: generate copies FOLDER N [WORDS] | generate stories FILE N\n", stderr);
        return 2;
    }
    made_vocabulary *words = made_vocabulary_new();
    made_draft *text = malloc(sizeof *text), *other = malloc(sizeof *other);
    char *room = malloc(MADE_TEXT_ROOM + 4 * MADE_WORD_ROOM);
    int status = 1;
    if (words == NULL || text == NULL || other == NULL || room == NULL) {
        fputs("generate: out of memory\n", stderr);
    } else if (copies) {
        copies_job job = {argv[2], count, length, words, NULL};
        status = generate_copies(&job, text, other, room);
    } else {
        status = generate_stories(argv[2], count, words, text, other, room);
    }
    free(room);
    free(other);
    free(text);
    free(words);
    return status;
}
