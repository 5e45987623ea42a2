/* Sentences and tokens of plain-text files in CoNLL-U, everything else "_": so that test/eval/language can
 * score them without tags, syntax or furniture.
 *
 *   print_tokens [annotate --conllu] [--seconds] FILE...
 *
 * --seconds prints how many megabytes a second the machine parts instead. */
#include "base/utf8.h"
#include "language/language.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { LEAST_NANOSECONDS = 1500 * 1000 * 1000 };

static char *read_file(const char *path, size_t *size)
{
    FILE *file = fopen(path, "rb");
    char *bytes = NULL;
    long length = -1;
    if (file && fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) >= 0 &&
        fseek(file, 0, SEEK_SET) == 0) {
        bytes = malloc((size_t)length + 1);
    }
    *size = bytes ? fread(bytes, 1, (size_t)length, file) : 0;
    if (file) {
        fclose(file);
    }
    return bytes;
}

/* Counts characters as it goes: start_char and end_char are code points. */
typedef struct place {
    dsr_slice text;
    size_t at, characters;
} place;

static size_t characters_at(place *p, size_t at)
{
    for (; p->at < at; p->at++) {
        p->characters += ((unsigned char)p->text.ptr[p->at] & 0xc0) != 0x80;
    }
    return p->characters;
}

static void print_misc(const dsr_tokens *tokens, place *p, size_t first, size_t last)
{
    size_t start = characters_at(p, tokens->items[first].span.start);
    size_t end = characters_at(p, tokens->items[last].span.end);
    bool glued = last + 1 < tokens->count && !tokens->items[last + 1].space_before;
    printf("%sstart_char=%zu|end_char=%zu\n", glued ? "SpaceAfter=No|" : "", start, end);
}

static void print_row(dsr_slice text, const dsr_tokens *tokens, size_t i, place *p)
{
    dsr_span span = tokens->items[i].span;
    printf("%zu\t%.*s\t_\t_\t_\t_\t_\t_\t_\t", i + 1, (int)(span.end - span.start), text.ptr + span.start);
    if (p) {
        print_misc(tokens, p, i, i);
    } else {
        puts("_");
    }
}

static void print_sentence(dsr_slice text, const dsr_tokens *tokens, place *p)
{
    for (size_t i = 0; i < tokens->count;) {
        size_t last = i;
        while (last + 1 < tokens->count && tokens->items[last + 1].joined) {
            last++;
        }
        if (last > i) {
            dsr_span span = {tokens->items[i].span.start, tokens->items[last].span.end};
            printf("%zu-%zu\t%.*s\t_\t_\t_\t_\t_\t_\t_\t", i + 1, last + 1, (int)(span.end - span.start),
                   text.ptr + span.start);
            print_misc(tokens, p, i, last);
        }
        for (size_t k = i; k <= last; k++) {
            print_row(text, tokens, k, last > i ? NULL : p);
        }
        i = last + 1;
    }
    putchar('\n');
}

static dsr_status print_report(dsr_arena *arena, const dsr_lexicon *lexicon, dsr_report *report)
{
    place p = {report->text, 0, 0};
    dsr_status status = dsr_language_find_sentences(arena, lexicon, report);
    for (size_t i = 0; status == DSR_OK && i < report->sentences.count; i++) {
        dsr_tokens tokens = {0};
        status = dsr_language_tokenize(arena, lexicon, report->meta.language, report->text,
                                       report->sentences.items[i], &tokens);
        if (status == DSR_OK) {
            print_sentence(report->text, &tokens, &p);
        }
    }
    return status;
}

static int print_file(const dsr_lexicon *lexicon, const char *path)
{
    dsr_report report = {.meta.language = DSR_SLICE("en")};
    dsr_arena *arena = dsr_arena_new(0);
    char *bytes = read_file(path, &report.text.len);
    report.text.ptr = bytes;
    int failed = !arena || !bytes || !dsr_utf8_is_valid(report.text, NULL);
    if (!failed) {
        printf("# newdoc id = %s\n", path);
        failed = print_report(arena, lexicon, &report) != DSR_OK;
    }
    if (failed) {
        fprintf(stderr, "print_tokens: %s could not be read\n", path);
    }
    free(bytes);
    dsr_arena_drop(arena);
    return failed;
}

static int64_t now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* One round over the text; how many tokens it has. */
static size_t part_once(const dsr_lexicon *lexicon, dsr_slice text)
{
    dsr_report report = {.text = text, .meta.language = DSR_SLICE("en")};
    dsr_arena *arena = dsr_arena_new(0);
    size_t count = 0;
    if (arena && dsr_language_find_sentences(arena, lexicon, &report) == DSR_OK) {
        for (size_t i = 0; i < report.sentences.count; i++) {
            dsr_tokens tokens = {0};
            if (dsr_language_tokenize(arena, lexicon, report.meta.language, text, report.sentences.items[i],
                                      &tokens) == DSR_OK) {
                count += tokens.count;
            }
        }
    }
    dsr_arena_drop(arena);
    return count;
}

static int time_file(const dsr_lexicon *lexicon, const char *path)
{
    dsr_slice text = {NULL, 0};
    char *bytes = read_file(path, &text.len);
    text.ptr = bytes;
    if (!bytes || !dsr_utf8_is_valid(text, NULL)) {
        free(bytes);
        return 1;
    }
    int64_t begun = now(), best = INT64_MAX;
    size_t tokens = 0;
    while (now() - begun < LEAST_NANOSECONDS) {
        int64_t start = now();
        tokens = part_once(lexicon, text);
        int64_t took = now() - start;
        best = took < best ? took : best;
    }
    printf("%s: %zu bytes, %zu tokens, %.2f MB/s\n", path, text.len, tokens,
           (double)text.len * 1e3 / (double)best);
    free(bytes);
    return 0;
}

int main(int argc, char **argv)
{
    dsr_lexicon *lexicon = NULL;
    dsr_error error;
    dsr_error_clear(&error);
    if (dsr_lexicon_open(DSR_DATA_FOLDER, NULL, &lexicon, &error) != DSR_OK) {
        fprintf(stderr, "print_tokens: %s: %s\n", error.subject, error.message);
        return 1;
    }
    int failed = 0;
    bool timed = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "annotate") == 0 || strcmp(argv[i], "--conllu") == 0) {
            continue;
        }
        if (strcmp(argv[i], "--seconds") == 0) {
            timed = true;
            continue;
        }
        failed |= timed ? time_file(lexicon, argv[i]) : print_file(lexicon, argv[i]);
    }
    dsr_lexicon_close(lexicon);
    return failed;
}
