/* The report's tokens in one row, with quotations, names, paragraphs and verbs of speech laid over them. Must
 * not know who speaks. */
#include "annotate/attributions_parts.h"
#include "annotate/said_parts.h"
#include "base/utf8.h"

#include <string.h>

enum { FOLDED = 96 };

dsr_slice dsr_said_text(const dsr_said_state *s, uint32_t token)
{
    if (token >= s->token_count) {
        return DSR_SLICE("");
    }
    return dsr_slice_part(s->text, s->tokens[token].span.start, s->tokens[token].span.end);
}

bool dsr_said_is(const dsr_said_state *s, uint32_t token, const char *words)
{
    dsr_slice text = dsr_said_text(s, token);
    dsr_slice rest = dsr_slice_of(words);
    dsr_slice word;
    while (text.len > 0 && dsr_slice_next_field(&rest, ' ', &word)) {
        if (word.len == text.len && dsr_slice_equal_nocase(word, text)) {
            return true;
        }
    }
    return false;
}

const dsr_syntax_token *dsr_said_syntax(const dsr_said_state *s, uint32_t token)
{
    if (token >= s->token_count) {
        return NULL;
    }
    uint32_t sentence = s->tokens[token].sentence;
    const dsr_syntax *syntax = s->sentences[sentence].syntax;
    uint32_t at = token - s->sentence_starts[sentence];
    return syntax != NULL && at < syntax->count ? &syntax->tokens[at] : NULL;
}

dsr_slice dsr_said_lemma(const dsr_said_state *s, uint32_t token)
{
    const dsr_syntax_token *t = dsr_said_syntax(s, token);
    return t != NULL ? t->lemma : dsr_said_text(s, token);
}

/* Which of the two links a token's next one is. */
typedef enum kin { FIRST_CHILD, NEXT_CHILD } kin;

static uint32_t find_kin(const dsr_said_state *s, uint32_t token, kin which)
{
    if (dsr_said_syntax(s, token) == NULL) {
        return DSR_SAID_NONE;
    }
    uint32_t sentence = s->tokens[token].sentence;
    uint32_t start = s->sentence_starts[sentence];
    const dsr_syntax *syntax = s->sentences[sentence].syntax;
    const uint32_t *list = which == FIRST_CHILD ? syntax->first_child : syntax->next_child;
    uint32_t at = list[token - start];
    return at < syntax->count ? start + at : DSR_SAID_NONE;
}

uint32_t dsr_said_first_child(const dsr_said_state *s, uint32_t token)
{
    return find_kin(s, token, FIRST_CHILD);
}

uint32_t dsr_said_next_child(const dsr_said_state *s, uint32_t token)
{
    return find_kin(s, token, NEXT_CHILD);
}

static void add_sentence(dsr_said_state *s, uint32_t number)
{
    const dsr_refer_sentence *sentence = &s->sentences[number];
    uint32_t start = (uint32_t)s->token_count;
    for (size_t i = 0; i < sentence->count; i++) {
        dsr_said_token t = {.span = sentence->tokens[i].span,
                            .sentence = number,
                            .head = DSR_SAID_NONE,
                            .quote = DSR_SAID_NONE,
                            .name = DSR_SAID_NONE,
                            .mention = DSR_SAID_NONE,
                            .kind = (uint8_t)sentence->tokens[i].kind,
                            .upos = DSR_UPOS_COUNT,
                            .xpos = DSR_XPOS_COUNT,
                            .relation = DSR_REL_COUNT,
                            .joined = sentence->tokens[i].joined};
        if (sentence->syntax != NULL && i < sentence->syntax->count) {
            const dsr_syntax_token *x = &sentence->syntax->tokens[i];
            t.upos = x->upos;
            t.xpos = x->xpos;
            t.relation = x->relation;
            t.head = x->head < sentence->count ? start + x->head : DSR_SAID_NONE;
        }
        s->tokens[s->token_count++] = t;
    }
}

static bool has_line_end(dsr_slice between)
{
    return between.len > 0 && memchr(between.ptr, '\n', between.len) != NULL;
}

static dsr_status list_tokens(dsr_said_state *s)
{
    size_t most = 0;
    for (size_t i = 0; i < s->sentence_count; i++) {
        most += s->sentences[i].count;
    }
    s->tokens = dsr_arena_alloc_array(s->arena, most + 1, sizeof *s->tokens);
    s->sentence_starts = dsr_arena_alloc_array(s->arena, s->sentence_count + 1, sizeof *s->sentence_starts);
    s->paragraph_of = dsr_arena_alloc_array(s->arena, s->sentence_count + 1, sizeof *s->paragraph_of);
    s->headings = dsr_arena_alloc_array(s->arena, s->sentence_count + 1, sizeof *s->headings);
    if (s->tokens == NULL || s->sentence_starts == NULL || s->paragraph_of == NULL || s->headings == NULL) {
        return DSR_ERR_MEMORY;
    }
    uint32_t before = 0;
    uint32_t paragraph = 0;
    for (uint32_t i = 0; i < s->sentence_count; i++) {
        const dsr_refer_sentence *sentence = &s->sentences[i];
        s->sentence_starts[i] = (uint32_t)s->token_count;
        if (sentence->count > 0) {
            uint32_t start = sentence->tokens[0].span.start;
            paragraph += before < start && has_line_end(dsr_slice_part(s->text, before, start));
            before = sentence->tokens[sentence->count - 1].span.end;
        }
        s->paragraph_of[i] = paragraph;
        s->headings[i] = 0;
        add_sentence(s, i);
    }
    s->sentence_starts[s->sentence_count] = (uint32_t)s->token_count;
    return DSR_OK;
}

static void mark_headings(dsr_said_state *s)
{
    size_t f = 0;
    for (uint32_t i = 0; i < s->sentence_count; i++) {
        if (s->sentences[i].count == 0) {
            continue;
        }
        uint32_t start = s->sentences[i].tokens[0].span.start;
        while (f < s->report->furniture.count && s->report->furniture.items[f].span.end <= start) {
            f++;
        }
        if (f < s->report->furniture.count && s->report->furniture.items[f].span.start <= start) {
            dsr_furniture_kind kind = s->report->furniture.items[f].kind;
            s->headings[i] = kind == DSR_FURNITURE_HEADLINE || kind == DSR_FURNITURE_SUBHEAD;
        }
    }
}

static void lay_names(dsr_said_state *s)
{
    const dsr_report *report = s->report;
    size_t token = 0;
    for (size_t i = 0; i < report->names.count; i++) {
        dsr_span span = report->names.items[i].span;
        while (token < s->token_count && s->tokens[token].span.end <= span.start) {
            token++;
        }
        while (token < s->token_count && s->tokens[token].span.start < span.end) {
            s->tokens[token++].name = (uint32_t)i;
        }
    }
}

/* Whether every word of more than three letters begins with a capital, as in a title. */
static bool is_title(const dsr_said_state *s, uint32_t first, uint32_t end)
{
    bool some = false;
    for (uint32_t t = first; t < end; t++) {
        dsr_slice text = dsr_said_text(s, t);
        if (s->tokens[t].kind != DSR_TOKEN_WORD || text.len <= 3) {
            continue;
        }
        if (text.ptr[0] >= 'a' && text.ptr[0] <= 'z') {
            return false;
        }
        some = true;
    }
    return some;
}

/* A quotation's tokens are those that lie in its span whole. */
static dsr_status lay_quotes(dsr_said_state *s)
{
    const dsr_report *report = s->report;
    s->segments = dsr_arena_alloc_array(s->arena, report->quotes.count + 1, sizeof *s->segments);
    if (s->segments == NULL) {
        return DSR_ERR_MEMORY;
    }
    uint32_t token = 0;
    for (uint32_t q = 0; q < report->quotes.count; q++) {
        dsr_span span = report->quotes.items[q].span;
        while (token < s->token_count && s->tokens[token].span.start < span.start) {
            token++;
        }
        dsr_said_segment *segment = &s->segments[q];
        *segment = (dsr_said_segment){.first = token,
                                      .mention = DSR_SAID_NONE,
                                      .addressed = DSR_SAID_NONE,
                                      .body = DSR_SAID_NONE,
                                      .cue = {DSR_SAID_NONE, DSR_LINK_NOTHING},
                                      .told = {DSR_SAID_NONE, DSR_SAID_NONE, DSR_SAID_NONE},
                                      .how = DSR_SAID_MARKS};
        while (token < s->token_count && s->tokens[token].span.end <= span.end) {
            segment->words += s->tokens[token].kind == DSR_TOKEN_WORD && !s->tokens[token].joined;
            s->tokens[token++].quote = q;
        }
        segment->end = token;
        uint32_t at = segment->first < s->token_count ? segment->first : (uint32_t)s->token_count - 1;
        if (s->token_count > 0) {
            segment->paragraph = dsr_said_paragraph(s, at);
            segment->heading = s->headings[s->tokens[at].sentence] != 0;
        }
        segment->title = is_title(s, segment->first, segment->end);
    }
    return DSR_OK;
}

/* A verb that may take words in marks ("chant"). */
static bool takes_marks(const dsr_said_state *s, uint32_t token)
{
    return s->tables->attributions != NULL &&
           (dsr_cue_find(s->tables->attributions, DSR_CUE_VERB, dsr_said_lemma(s, token)).takes &
            DSR_TAKES_QUOTE) != 0;
}

bool dsr_said_denies(const dsr_said_state *s, uint32_t token)
{
    if (dsr_said_is(s, token, "not n't n\xe2\x80\x99t never")) {
        return !dsr_said_is(s, token + 1, "only just merely simply");
    }
    return s->tables->attributions != NULL && s->tokens[token].upos == DSR_UPOS_VERB &&
           dsr_cue_find(s->tables->attributions, DSR_CUE_VERB, dsr_said_lemma(s, token)).kind ==
               DSR_CUE_IS_deny;
}

bool dsr_said_is_cue_lemma(const dsr_said_state *s, uint32_t token)
{
    char folded[FOLDED];
    dsr_slice text = dsr_said_text(s, token);
    if (text.len > FOLDED / 3) {
        return false;
    }
    size_t count = dsr_fold_word(text, folded, sizeof folded);
    dsr_slice word = {folded, count};
    return dsr_lexicon_has(s->tables->lexicon, DSR_SLICE("en"), DSR_WORDS_CUE, word) || takes_marks(s, token);
}

static void mark_cues(dsr_said_state *s)
{
    uint32_t outside = 0;
    for (uint32_t t = 0; t < s->token_count; t++) {
        dsr_said_token *token = &s->tokens[t];
        token->outside = outside;
        outside += token->quote == DSR_SAID_NONE;
        bool verb = token->kind == DSR_TOKEN_WORD && token->quote == DSR_SAID_NONE &&
                    (token->upos == DSR_UPOS_VERB || token->upos == DSR_UPOS_COUNT);
        bool put_it = verb && dsr_said_is(s, t, "put puts") && dsr_said_is(s, t + 1, "it");
        token->cue = verb && (put_it || dsr_said_is_cue_lemma(s, t));
    }
}

dsr_status dsr_said_set_up(dsr_said_state *s, size_t count)
{
    s->sentence_count = count;
    s->quote_count = s->report->quotes.count;
    dsr_status status = list_tokens(s);
    if (status == DSR_OK) {
        mark_headings(s);
        lay_names(s);
        status = lay_quotes(s);
    }
    if (status == DSR_OK) {
        mark_cues(s);
    }
    return status;
}
