/* What the files of the stream share. Private to story. */
#ifndef DSR_STORY_STREAM_PARTS_H
#define DSR_STORY_STREAM_PARTS_H

#include "base/map.h"
#include "story/stream.h"

/* The spaces in which a report and a story are compared, each with vectors of its own. */
enum { SPACE_WORDS, SPACE_TITLE, SPACE_LEAD, SPACE_NAMES, STREAM_SPACES };

enum {
    STREAM_SHIFT_MOST = 15, /* how often the weights of a sum may be halved to fit */
    STREAM_UNIT = 2048,     /* length of a report's vector in each space */
    KEEP_WORDS = 64,        /* the heaviest terms of a report that are kept in each space */
    KEEP_TITLE = 20,
    KEEP_LEAD = 28,
    KEEP_NAMES = 20,
    PROFILE_TERMS = KEEP_WORDS + KEEP_TITLE + KEEP_LEAD + KEEP_NAMES,
    LOOKUP_WORDS = 18, /* terms of a report that lead to stories, and under which its story is found */
    LOOKUP_TITLE = 8,
    LOOKUP_NAMES = 8,
    LOOKUP_MOST = LOOKUP_WORDS + LOOKUP_TITLE + LOOKUP_NAMES,
    SUM_TERMS = 192,  /* of a story; past them the lightest go, down to */
    SUM_KEPT = 144,   /* so many */
    SUM_INDEXED = 64, /* terms under which a story is found */
    MERGED_TERMS = SUM_TERMS + PROFILE_TERMS,
    LIST_STORIES = 31, /* under one term: those touched last */
    CANDIDATES = 10,   /* stories that are compared with a report */
    RECENT = 512,      /* reports that may still move */
    BLOCK = 256,       /* reports from one look at the calendar to the next */
    TERM_INDEXED = 1,  /* flags of a term */
    TERM_NAME = 2
};
#define NO_PLACE UINT32_MAX

/* Weighted terms by key: of a report (weights of a unit vector) or of a story (their sum). A name has its
 * weight in [0], a word its weights in the words, the title and the lead. */
typedef struct stream_terms {
    uint32_t count;
    uint32_t *keys;
    uint16_t (*weights)[3];
    uint8_t *flags;
} stream_terms;

/* A report as the stream remembers it. */
typedef struct stream_profile {
    uint32_t count;
    uint32_t keys[PROFILE_TERMS];
    uint16_t weights[PROFILE_TERMS][3];
    uint8_t flags[PROFILE_TERMS];
    bool has[STREAM_SPACES]; /* whether its vector there is more than zero */
    bool dated;
    int32_t day;
} stream_profile;

typedef struct stream_story {
    uint32_t number; /* 0: this place is free */
    uint32_t voices[STREAM_SPACES];
    uint32_t reports; /* copies too */
    uint16_t room;    /* terms that fit */
    uint16_t indexed;
    uint8_t shift; /* weights are halved so many times */
    bool dated;
    bool dirty;            /* this place is in the list of those to be saved; outlives the story */
    int32_t first, last;   /* days of its reports */
    int32_t touched_day;   /* day of the stream when a report last joined */
    uint64_t touched;      /* the touch, counted over all stories */
    uint32_t older, newer; /* places, in the order of touches; of free places `newer` is the next free one */
    stream_terms terms;
} stream_story;

/* Word and names: how often, and which stories are found under it. */
typedef struct term_slot {
    uint32_t key;  /* 0: free */
    uint32_t df;   /* reports with it */
    uint32_t list; /* where its stories are; 0: none */
} term_slot;

enum { LIST_CLASSES = 5 };
typedef struct term_table {
    term_slot *slots;
    size_t room, count; /* room is a power of two */
    /* Lists lie in blocks of 2, 4 ... 32 cells: class and count, then places of stories, the one touched last
     * at the end. */
    uint32_t *cells;
    size_t cell_count, cell_room;
    uint32_t free_lists[LIST_CLASSES + 1]; /* first free block by class */
} term_table;

typedef struct recent_report {
    uint32_t report;
    uint32_t story; /* number; 0: nothing that could move */
    bool dirty;
    stream_profile profile;
} recent_report;

/* Scores while candidates are gathered: a small table by place. */
enum { TALLY_ROOM = 8192, TALLY_MOST = 4096 };
typedef struct tally {
    uint32_t places[TALLY_ROOM];
    uint32_t scores[TALLY_ROOM];
    uint16_t used[TALLY_MOST];
    uint32_t count;
} tally;

/* A term, and how many more reports have it: key above count, so that they sort as numbers. */
typedef uint64_t df_change;
static inline df_change df_change_make(uint32_t key, uint32_t by)
{
    return (df_change)key << 32 | by;
}
static inline uint32_t df_change_key(df_change change)
{
    return (uint32_t)(change >> 32);
}
static inline uint32_t df_change_by(df_change change)
{
    return (uint32_t)change;
}

struct dsr_stream {
    dsr_stream_options options;
    term_table table;
    uint32_t reports;         /* placed so far */
    uint64_t touches, turned; /* so far; when the last block was over */
    bool has_day;
    int32_t day;
    uint32_t block_days; /* dated reports in the block so far */
    int32_t block[BLOCK];
    stream_story *stories; /* by place */
    uint32_t *soiled;      /* places to be saved, each once; as much room as for stories */
    uint32_t soiled_count;
    uint32_t story_count, story_room, open, free_place;
    uint32_t oldest, newest; /* places, by touch */
    uint32_t next_number;
    /* Open stories by number, ascending; with holes where stories ended. */
    struct numbered {
        uint32_t number, place;
    } * numbers;
    size_t number_count, number_room;
    recent_report *recent; /* RECENT of them; report i in place i % RECENT */
    tally *tally;
    struct {
        dsr_stream_event *items;
        size_t count, room;
    } events;
    /* For saving: places and numbers that changed, and the terms counted since the last whole segment. */
    struct {
        uint32_t *items;
        size_t count, room;
    } dropped;
    struct {
        df_change *items;
        size_t count, room;
    } changes;
    struct raw_term {
        uint32_t key;
        int32_t words, title, lead;
        uint8_t flags, kept;
    } * raw;
    size_t raw_room;
    struct settled {
        dsr_map *held;  /* reports and stories */
        dsr_map *apart; /* pairs of stories */
        struct stream_pair {
            uint32_t one, other;
        } * pairs;
        size_t count, room;
    } settled;
    bool keeps; /* whether what changes is noted, to be saved */
    int32_t logs[1024];
};

/* Table. */
void dsr_stream_table_fetch(const term_table *table, uint32_t key); /* has memory get it ready */
dsr_status dsr_stream_table_open(term_table *table);
void dsr_stream_table_close(term_table *table);
term_slot *dsr_stream_table_find(const term_table *table, uint32_t key); /* NULL */
dsr_status dsr_stream_table_take(term_table *table, uint32_t key, term_slot **out) DSR_MUST_CHECK;
/* Puts a story last in the list of a term. *evicted becomes the place of the story that had to go; else
 * NO_PLACE. */
dsr_status dsr_stream_list_touch(term_table *table, uint32_t key, uint32_t place,
                                 uint32_t *evicted) DSR_MUST_CHECK;
void dsr_stream_list_remove(term_table *table, uint32_t key, uint32_t place);
/* The stories of a term, the one touched last at the end. */
const uint32_t *dsr_stream_list_items(const term_table *table, const term_slot *slot, uint32_t *count);
/* Forgets the rarest terms under which no story is found, until a half of `most` are left. */
dsr_status dsr_stream_table_prune(term_table *table, size_t most) DSR_MUST_CHECK;

/* What is noted to be saved: a report has the term; a report was placed; the rarest terms were forgotten. */
dsr_status dsr_stream_note_count(dsr_stream *stream, uint32_t key) DSR_MUST_CHECK;
dsr_status dsr_stream_note_placed(dsr_stream *stream) DSR_MUST_CHECK;
dsr_status dsr_stream_note_pruned(dsr_stream *stream) DSR_MUST_CHECK;

/* Profiles. Counts the terms of the report where `counts`, then weighs them. */
dsr_status dsr_stream_profile_make(dsr_stream *stream, const dsr_stream_report *report, bool counts,
                                   stream_profile *out) DSR_MUST_CHECK;
stream_terms dsr_stream_profile_terms(stream_profile *profile);

/* Stories. */
dsr_status dsr_stream_story_open(dsr_stream *stream, uint32_t *place) DSR_MUST_CHECK;
uint32_t dsr_stream_story_find(const dsr_stream *stream, uint32_t number); /* its place, NO_PLACE */
/* A report joins: its terms are added where it is a voice. */
dsr_status dsr_stream_story_join(dsr_stream *stream, uint32_t place, const stream_profile *profile,
                                 bool voice) DSR_MUST_CHECK;
/* A voice goes: its terms are taken off. */
dsr_status dsr_stream_story_leave(dsr_stream *stream, uint32_t place,
                                  const stream_profile *profile) DSR_MUST_CHECK;
dsr_status dsr_stream_story_absorb(dsr_stream *stream, uint32_t into, uint32_t from) DSR_MUST_CHECK;
dsr_status dsr_stream_story_close(dsr_stream *stream, uint32_t place) DSR_MUST_CHECK;
void dsr_stream_story_soil(dsr_stream *stream, uint32_t place);
dsr_status dsr_stream_story_set_terms(stream_story *story, const stream_terms *terms) DSR_MUST_CHECK;
/* Story numbers to places, and the order of touches: for loading. */
dsr_status dsr_stream_story_place(dsr_stream *stream, uint32_t number, uint32_t *place) DSR_MUST_CHECK;
dsr_status dsr_stream_story_touch(dsr_stream *stream, uint32_t place) DSR_MUST_CHECK;

/* Scores. */
typedef struct candidates {
    uint32_t places[CANDIDATES];
    uint32_t count;
} candidates;
void dsr_stream_find_candidates(dsr_stream *stream, const stream_profile *profile, candidates *out);
dsr_stream_score dsr_stream_score_report(const dsr_stream *stream, const stream_profile *profile,
                                         const stream_story *story, const stream_profile *without);
dsr_stream_score dsr_stream_score_stories(const dsr_stream *stream, const stream_story *one,
                                          const stream_story *other);
size_t dsr_stream_share(const stream_profile *profile, const stream_story *story,
                        dsr_stream_shared shared[DSR_STREAM_SHARED]);

/* Mending. */
dsr_status dsr_stream_mend(dsr_stream *stream, uint32_t place, const candidates *near) DSR_MUST_CHECK;
dsr_status dsr_stream_unite(dsr_stream *stream, uint32_t one, uint32_t other, uint32_t *kept) DSR_MUST_CHECK;
dsr_status dsr_stream_end(dsr_stream *stream, uint32_t place) DSR_MUST_CHECK;
/* Among the latest; NULL. */
recent_report *dsr_stream_find_recent(const dsr_stream *stream, uint32_t report);
/* What is settled (stream_settled.c). */
bool dsr_stream_is_held(const dsr_stream *stream, uint32_t report, uint32_t story);
bool dsr_stream_are_apart(const dsr_stream *stream, uint32_t one, uint32_t other);
/* What is settled of a story is so of the one into which it was merged. */
dsr_status dsr_stream_hand_on(dsr_stream *stream, uint32_t from, uint32_t to) DSR_MUST_CHECK;
dsr_status dsr_stream_tell(dsr_stream *stream, dsr_stream_event event) DSR_MUST_CHECK;

#endif
