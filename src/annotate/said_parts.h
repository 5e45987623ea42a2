/* The state of finding speakers in one report. Only src/annotate/said*.c include it. */
#ifndef DSR_ANNOTATE_SAID_PARTS_H
#define DSR_ANNOTATE_SAID_PARTS_H

#include "annotate/attributions.h"
#include "annotate/said.h"

#define DSR_SAID_NONE UINT32_MAX

typedef struct dsr_said_token {
    dsr_span span;
    uint32_t sentence;
    uint32_t head;    /* index of tokens; NONE for a root or without syntax */
    uint32_t quote;   /* index of the report's quotes; NONE */
    uint32_t name;    /* index of names; NONE */
    uint32_t mention; /* whose head it is; NONE */
    uint32_t outside; /* tokens outside quotations before this one */
    uint8_t kind, upos, xpos, relation;
    bool cue; /* a verb of speech outside quotations */
    bool joined;
} dsr_said_token;

enum { DSR_SAID_CUES = 4 };
/* How a mention hangs on what may be a cue. */
typedef enum dsr_said_link {
    DSR_LINK_SUBJECT,   /* of a verb of speech */
    DSR_LINK_CHAIN,     /* of a verb that leads on to one: "took to the stage to say" */
    DSR_LINK_BESIDE,    /* stands next to one, whatever the tree says */
    DSR_LINK_ACCORDING, /* "according to" */
    DSR_LINK_NOUN,      /* owns, or made, what is a noun of speech: "his statement" */
    DSR_LINK_DASH,      /* stands behind a dash, alone in its paragraph: below a quotation set off */
    DSR_LINK_VERB,      /* subject of another verb */
    DSR_LINK_NOTHING,
    DSR_LINKS
} dsr_said_link;
typedef struct dsr_said_cue {
    uint32_t token;
    uint8_t link;
} dsr_said_cue;

typedef enum dsr_said_type {
    DSR_TYPE_PERSON,
    DSR_TYPE_BODY, /* an organisation, place or people */
    DSR_TYPE_HE,
    DSR_TYPE_THEY,
    DSR_TYPE_WHO,
    DSR_TYPE_I,
    DSR_TYPE_ROLE,
    DSR_TYPE_NOUN,
    DSR_TYPES
} dsr_said_type;

/* Words outside quotations that may name who speaks. */
typedef struct dsr_said_mention {
    uint32_t head;       /* token */
    uint32_t first, end; /* tokens of the whole phrase; first == end until it is asked for */
    uint32_t entity;
    uint32_t addressed; /* the verb by which it is spoken to: "was told"; NONE */
    uint8_t type;
    uint8_t cue_count;
    bool known;   /* whom it stands for was looked for beyond its head */
    bool unnamed; /* a common noun, and no name of a person in its phrase */
    bool guessed; /* it stands for who spoke last, for want of a better */
    bool several; /* a surname that several people of the report bear */
    bool bare;    /* a surname that was not taken for a name: "May", "Will" */
    bool turned;  /* whose turn it is was looked for */
    dsr_said_cue cues[DSR_SAID_CUES];
} dsr_said_mention;

enum { DSR_SAID_TOLD = 3 };
/* A quotation in marks with what is decided of it. */
typedef struct dsr_said_segment {
    uint32_t first, end; /* tokens; equal where it has none */
    uint32_t paragraph;
    uint32_t words;
    bool heading;
    bool title;                   /* all its longer words begin with capitals */
    uint32_t mention;             /* the speaker; NONE */
    uint32_t addressed;           /* whom it was said to where nobody says it; NONE */
    uint32_t body;                /* of a heading: who says the same in the body; NONE */
    dsr_said_cue cue;             /* token NONE without one */
    int32_t margin;               /* by how much the chosen one won */
    uint8_t how;                  /* dsr_said_how */
    dsr_quote made;               /* what it becomes */
    uint32_t told[DSR_SAID_TOLD]; /* attributions whose content has it, the likeliest first; NONE */
} dsr_said_segment;

typedef struct dsr_said_state {
    const dsr_said_tables *tables;
    const int16_t *weights;
    dsr_arena *arena;
    const dsr_refer_sentence *sentences;
    dsr_report *report;
    dsr_slice text;
    dsr_said_token *tokens;
    size_t token_count;
    uint32_t *sentence_starts; /* first token of each sentence, and token_count behind the last */
    uint32_t *paragraph_of;    /* by sentence */
    uint32_t *headings;        /* by sentence: 1 where it is a headline or subhead */
    size_t sentence_count;
    DSR_LIST(dsr_said_mention) mentions; /* in the order of their heads */
    dsr_said_segment *segments;          /* by quote */
    size_t quote_count;                  /* those in marks */
    dsr_attributions told;               /* what the grammar tells */
    uint32_t *told_by;                   /* by attribution: its mention; NONE */
} dsr_said_state;

/* said_tokens.c */
dsr_status dsr_said_set_up(dsr_said_state *s, size_t count) DSR_MUST_CHECK;
dsr_slice dsr_said_text(const dsr_said_state *s, uint32_t token); /* "" behind the ends */
bool dsr_said_is(const dsr_said_state *s, uint32_t token, const char *words);
const dsr_syntax_token *dsr_said_syntax(const dsr_said_state *s, uint32_t token); /* NULL without */
dsr_slice dsr_said_lemma(const dsr_said_state *s, uint32_t token);
/* Dependents of a token, in order: the first, and the next of the same head; NONE. */
uint32_t dsr_said_first_child(const dsr_said_state *s, uint32_t token);
uint32_t dsr_said_next_child(const dsr_said_state *s, uint32_t token);
bool dsr_said_is_cue_lemma(const dsr_said_state *s, uint32_t token);
/* Whether a token of a cue tells that nothing of the kind is said: "never", "denied". */
bool dsr_said_denies(const dsr_said_state *s, uint32_t token);
static inline uint32_t dsr_said_paragraph(const dsr_said_state *s, uint32_t token)
{
    return s->paragraph_of[s->tokens[token].sentence];
}

/* said_mentions.c: who may speak, and on what each hangs */
dsr_status dsr_said_find_mentions(dsr_said_state *s) DSR_MUST_CHECK;
/* said_phrase.c: the whole phrase about a mention's head, its apposition included. */
void dsr_said_stretch(dsr_said_state *s, dsr_said_mention *mention);
dsr_span dsr_said_cue_span(const dsr_said_state *s, dsr_said_cue cue);

/* said_choose.c */
dsr_status dsr_said_choose(dsr_said_state *s) DSR_MUST_CHECK;

/* said_features.c */
typedef struct dsr_said_pair {
    uint32_t segment;
    uint32_t mention;                        /* NONE: nobody */
    dsr_said_cue cue;                        /* the one of the mention's that is nearest */
    uint32_t nearest_before, nearest_behind; /* mentions with a cue nearest to the segment; NONE */
    uint32_t previous;                       /* segment whose speaker may go on; NONE */
} dsr_said_pair;
enum { DSR_SAID_FEATURES_MOST = 40 };
size_t dsr_said_features(const dsr_said_state *s, dsr_said_pair *pair, uint16_t out[DSR_SAID_FEATURES_MOST]);

/* From a margin on, the share of right answers in thousandths; in ascending order. gen/said_weights.c */
typedef struct dsr_said_margin {
    int32_t from;
    uint16_t right;
} dsr_said_margin;
enum { DSR_SAID_MARGINS = 12 };
extern const dsr_said_margin dsr_said_margins[DSR_SAID_MARGINS];

/* said_about.c */
/* Whether a cue in a sentence denies what it brings in. */
bool dsr_said_is_denied(const dsr_said_state *s, uint32_t sentence, dsr_span cue);
void dsr_said_circumstances(dsr_said_state *s, const dsr_said_segment *q, dsr_quote *quote);
uint16_t dsr_said_confidence(const dsr_said_state *s, const dsr_said_segment *q);

/* Whom a quotation with a cue was said to; NONE. */
uint32_t dsr_said_audience(const dsr_said_state *s, const dsr_said_segment *q);

/* The medium that words near a cue tell. */
void dsr_said_read_medium(const dsr_said_state *s, const dsr_said_segment *q, dsr_quote *quote);

/* said_grammar.c: lays attributions over segments, once mentions are known. */
dsr_status dsr_said_read_grammar(dsr_said_state *s) DSR_MUST_CHECK;
typedef DSR_LIST(dsr_quote) dsr_quotes;
/* Indirect speech that is more than words in marks, in the state's arena. */
dsr_status dsr_said_make_indirect(dsr_said_state *s, dsr_quotes *out) DSR_MUST_CHECK;
/* said_nested.c: quotations within those in marks, once all speakers are written. */
dsr_status dsr_said_make_nested(dsr_said_state *s, dsr_quotes *out) DSR_MUST_CHECK;
void dsr_said_sort(dsr_report *report);

/* said_headings.c: once all others are chosen. */
dsr_status dsr_said_read_headings(dsr_said_state *s) DSR_MUST_CHECK;

/* said_person.c: once mentions have the entities of their heads. */
void dsr_said_know_person(dsr_said_state *s, uint32_t mention);

/* said_turns.c: mends whom the pronoun that says a segment means. `previous` and `earlier` are the last two
 * segments before it with different speakers; NONE. */
bool dsr_said_is_own_turn(const dsr_said_state *s, uint32_t mention); /* "he" in a turn of that very person */
void dsr_said_take_turn(dsr_said_state *s, uint32_t segment, uint32_t previous, uint32_t earlier);

#endif
