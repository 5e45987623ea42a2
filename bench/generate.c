/* Makes up reports for the bench: words nobody ever wrote, put together as news is (a few words very often,
 * most rarely), with copies planted among them. Same arguments, same bytes. It must not know how Dossier
 * compares.
 *
 *   generate copies FOLDER N [WORDS]   N files of about WORDS words (400), a tenth of them copies of an
 * earlier one; FOLDER/planted.tsv lists which of which, and how generate stories FILE N            N reports
 * of N/5 stories as JSON Lines: of five, two carry one wire text */
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    VOCABULARY = 60000,
    WORD_ROOM = 20,
    STORY_WORDS = 40, /* words that the reports of one story keep using */
    STORY_NAMES = 6,
    MAX_WORDS = 4000,
    TEXT_ROOM = MAX_WORDS * (WORD_ROOM + 4),
    FILES_A_FOLDER = 1000
};

typedef struct random_source {
    uint64_t state;
} random_source;

/* splitmix64 */
static uint64_t draw(random_source *random)
{
    uint64_t z = (random->state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static uint32_t draw_below(random_source *random, uint32_t limit)
{
    return (uint32_t)((draw(random) >> 32) * limit >> 32);
}

/* The vocabulary. Its first words are English function words, so that the text passes for English. */
typedef struct vocabulary {
    char words[VOCABULARY][WORD_ROOM];
    uint64_t up_to[VOCABULARY]; /* weights 1/rank, summed up */
} vocabulary;

static const char *const function_words[] = {
    "the",  "of",    "to",    "and",   "in",   "a",    "that",  "is",     "was",     "for",
    "on",   "it",    "with",  "as",    "at",   "by",   "from",  "he",     "be",      "have",
    "has",  "had",   "but",   "not",   "are",  "were", "they",  "an",     "which",   "this",
    "will", "who",   "after", "their", "been", "its",  "or",    "would",  "about",   "more",
    "said", "than",  "when",  "there", "his",  "her",  "she",   "we",     "also",    "into",
    "some", "could", "over",  "other", "two",  "new",  "first", "before", "because", "while"};
enum { FUNCTION_WORDS = sizeof function_words / sizeof *function_words };

static void make_word(random_source *random, char *out)
{
    static const char *const onsets[] = {"b", "br", "c",  "d", "dr", "f",  "g", "h",  "k", "l", "m",
                                         "n", "p",  "pr", "r", "s",  "st", "t", "tr", "v", "w", "z"};
    static const char *const vowels[] = {"a", "e", "i", "o", "u", "ai", "ea", "ou"};
    static const char *const codas[] = {"", "", "n", "r", "l", "s", "t", "nd"};
    unsigned syllables = 1 + draw_below(random, 3) + draw_below(random, 2);
    out[0] = '\0';
    for (unsigned i = 0; i < syllables; i++) {
        strcat(out, onsets[draw_below(random, sizeof onsets / sizeof *onsets)]);
        strcat(out, vowels[draw_below(random, sizeof vowels / sizeof *vowels)]);
        if (i + 1 == syllables) {
            strcat(out, codas[draw_below(random, sizeof codas / sizeof *codas)]);
        }
    }
}

static vocabulary *vocabulary_new(void)
{
    vocabulary *words = malloc(sizeof *words);
    if (words == NULL) {
        return NULL;
    }
    random_source random = {1};
    uint64_t sum = 0;
    for (uint32_t i = 0; i < VOCABULARY; i++) {
        if (i < FUNCTION_WORDS) {
            strcpy(words->words[i], function_words[i]);
        } else {
            make_word(&random, words->words[i]);
        }
        sum += UINT64_C(1000000000) / (i + 3);
        words->up_to[i] = sum;
    }
    return words;
}

/* A word's number by Zipf's law. */
static uint32_t draw_word(const vocabulary *words, random_source *random)
{
    uint64_t at = draw(random) % words->up_to[VOCABULARY - 1];
    uint32_t low = 0, high = VOCABULARY - 1;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (words->up_to[middle] > at) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

/* What a text is about: words of its own, and names. */
typedef struct topic {
    uint32_t words[STORY_WORDS];
    char names[STORY_NAMES][WORD_ROOM];
} topic;

static topic make_topic(random_source *random)
{
    topic made;
    for (unsigned i = 0; i < STORY_WORDS; i++) {
        made.words[i] = 200 + draw_below(random, VOCABULARY - 200);
    }
    for (unsigned i = 0; i < STORY_NAMES; i++) {
        make_word(random, made.names[i]);
        made.names[i][0] = (char)(made.names[i][0] - 'a' + 'A');
    }
    return made;
}

/* A text is a row of words; negative numbers are names of its topic, END_SENTENCE and END_PARAGRAPH stand
 * between. */
enum { END_SENTENCE = -100, END_PARAGRAPH = -101 };
typedef struct draft {
    int32_t items[2 * MAX_WORDS];
    size_t count;
} draft;

static void push(draft *text, int32_t item)
{
    if (text->count < sizeof text->items / sizeof *text->items) {
        text->items[text->count++] = item;
    }
}

static void write_sentence(draft *text, const vocabulary *words, const topic *about, random_source *random)
{
    unsigned length = 9 + draw_below(random, 22);
    for (unsigned i = 0; i < length; i++) {
        uint32_t kind = draw_below(random, 100);
        if (kind < 6) {
            push(text, -1 - (int32_t)draw_below(random, STORY_NAMES));
        } else if (kind < 20) {
            push(text, (int32_t)about->words[draw_below(random, STORY_WORDS)]);
        } else {
            push(text, (int32_t)draw_word(words, random));
        }
    }
    push(text, END_SENTENCE);
}

/* Sentences until `count` words are there. */
static void write_words(draft *text, const vocabulary *words, const topic *about, random_source *random,
                        size_t count)
{
    size_t start = text->count;
    for (unsigned sentence = 0; text->count - start < count; sentence++) {
        write_sentence(text, words, about, random);
        if (sentence % 2 == 1) {
            push(text, END_PARAGRAPH);
        }
    }
}

/* Copies items [start, end); one word in a hundred times `percent` becomes another. */
static void copy_words(draft *text, const draft *from, size_t start, size_t end, uint32_t percent,
                       const vocabulary *words, random_source *random)
{
    for (size_t i = start; i < end && i < from->count; i++) {
        bool edit = from->items[i] >= 0 && draw_below(random, 100) < percent;
        push(text, edit ? (int32_t)draw_word(words, random) : from->items[i]);
    }
}

/* The draft as text. Names of negative numbers are looked up in `about`: a copy keeps its source's topic for
 * that. */
static size_t render(const draft *text, const vocabulary *words, const topic *about, const char *line_end,
                     char *out)
{
    size_t length = 0;
    bool opens = true, first = true;
    for (size_t i = 0; i < text->count && length + 2 * WORD_ROOM < TEXT_ROOM; i++) {
        int32_t item = text->items[i];
        if (item == END_SENTENCE) {
            out[length++] = '.';
            opens = true;
        } else if (item == END_PARAGRAPH) {
            length += (size_t)sprintf(out + length, "%s%s", line_end, line_end);
            first = true;
        } else {
            const char *word = item < 0 ? about->names[-1 - item] : words->words[item];
            length += (size_t)sprintf(out + length, "%s%s", first ? "" : " ", word);
            char *start = out + length - strlen(word);
            if (opens && *start >= 'a') {
                *start = (char)(*start - 'a' + 'A');
            }
            opens = first = false;
        }
    }
    out[length] = '\0';
    return length;
}

static int fail(const char *what)
{
    fprintf(stderr, "generate: %s: %s\n", what, strerror(errno));
    return 1;
}

/* How each planted copy is made, in turn. */
static const char *const copy_kinds[] = {"edited", "cut", "embedded"};

static void write_copy(draft *text, const draft *source, const vocabulary *words, const topic *about,
                       random_source *random, unsigned kind)
{
    size_t count = source->count;
    if (kind == 0) { /* whole, 5 % of its words changed */
        copy_words(text, source, 0, count, 5, words, random);
    } else if (kind == 1) { /* the first 40 % kept */
        copy_words(text, source, 0, count * 2 / 5, 0, words, random);
        push(text, END_SENTENCE);
        write_words(text, words, about, random, count * 3 / 5);
    } else { /* 30 % in the middle of a text of its own */
        write_words(text, words, about, random, count * 7 / 20);
        copy_words(text, source, count / 3, count / 3 + count * 3 / 10, 2, words, random);
        push(text, END_SENTENCE);
        write_words(text, words, about, random, count * 7 / 20);
    }
}

typedef struct copies_job {
    const char *folder;
    uint32_t count, words;
    const vocabulary *vocabulary;
    FILE *planted;
} copies_job;

/* Document `number` without its copies: drawn from its own number, so that it can be made again. */
static topic write_original(const copies_job *job, uint32_t number, draft *text)
{
    random_source random = {UINT64_C(0x5eed) + number};
    topic about = make_topic(&random);
    text->count = 0;
    write_words(text, job->vocabulary, &about, &random, job->words);
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

static int write_document(const copies_job *job, uint32_t number, draft *text, draft *source, char *room)
{
    topic about = write_original(job, number, text);
    /* Every tenth is a copy of one of the nine before it or of any earlier original. */
    if (number % 10 == 9) {
        random_source random = {UINT64_C(0xc0b1e5) + number};
        uint32_t from = draw_below(&random, number);
        from -= from % 10 == 9;
        unsigned kind = number / 10 % 3;
        about = write_original(job, from, source);
        text->count = 0;
        write_copy(text, source, job->vocabulary, &about, &random, kind);
        fprintf(job->planted, "%06u\t%06u\t%s\n", number, from, copy_kinds[kind]);
    }
    size_t length = render(text, job->vocabulary, &about, "\n", room);
    return write_file(job, number, room, length);
}

static int generate_copies(const copies_job *given, draft *text, draft *source, char *room)
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
static void write_report(FILE *file, const vocabulary *words, uint32_t number, draft *text, draft *wire,
                         char *room)
{
    uint32_t story = number / 5, part = number % 5;
    random_source of_story = {UINT64_C(0x570e1e5) + story}, own = {UINT64_C(0x0e9047) + number};
    topic about = make_topic(&of_story);
    wire->count = text->count = 0;
    write_words(wire, words, &about, &of_story, 250);
    if (part < 2) {
        copy_words(text, wire, 0, wire->count, part * 3, words, &own);
    }
    write_words(text, words, &about, &own, part < 2 ? 100 : 350);
    unsigned day = 1 + story * 7 % 28, hour = part * 4;
    fprintf(file,
            "{\"id\":\"r%06u\",\"title\":\"%s %s %s of "
            "%s\",\"published\":\"2031-03-%02uT%02u:00:00Z\",\"text\":\"",
            number, about.names[0], words->words[about.words[0]], words->words[about.words[1]],
            about.names[1], day, hour);
    render(text, words, &about, "\\n", room);
    fprintf(file, "%s\"}\n", room);
}

static int generate_stories(const char *path, uint32_t count, const vocabulary *words, draft *text,
                            draft *wire, char *room)
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
        (argc == 5 && !read_number(argv[4], MAX_WORDS / 2, &length))) {
        fputs("usage: generate copies FOLDER N [WORDS] | generate stories FILE N\n", stderr);
        return 2;
    }
    vocabulary *words = vocabulary_new();
    draft *text = malloc(sizeof *text), *other = malloc(sizeof *other);
    char *room = malloc(TEXT_ROOM + 4 * WORD_ROOM);
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
