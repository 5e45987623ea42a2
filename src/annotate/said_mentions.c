/* Who may speak: the heads of noun phrases outside quotations, with the verbs and nouns of speech that each
 * hangs on. Must not know which quotation is whose. */
#include "annotate/said_parts.h"

static dsr_relation relation_of(const dsr_said_state *s, uint32_t token)
{
    uint8_t relation = s->tokens[token].relation;
    return relation < DSR_REL_COUNT ? dsr_relation_universal((dsr_relation)relation) : DSR_REL_COUNT;
}

/* ---- what may be one ---- */

static bool is_head(const dsr_said_state *s, uint32_t token)
{
    const dsr_said_token *t = &s->tokens[token];
    if (t->quote != DSR_SAID_NONE || t->kind == DSR_TOKEN_PUNCTUATION || t->kind == DSR_TOKEN_QUOTE) {
        return false;
    }
    if (t->upos == DSR_UPOS_COUNT) {
        return t->name != DSR_SAID_NONE &&
               (token + 1 >= s->token_count || s->tokens[token + 1].name != t->name);
    }
    dsr_relation relation = relation_of(s, token);
    bool inner = relation == DSR_REL_COMPOUND || relation == DSR_REL_FLAT || relation == DSR_REL_FIXED ||
                 relation == DSR_REL_GOESWITH || relation == DSR_REL_DET || relation == DSR_REL_CASE ||
                 relation == DSR_REL_EXPL || t->relation == DSR_REL_NMOD_DESC;
    if (inner && t->head != DSR_SAID_NONE && s->tokens[t->head].quote == DSR_SAID_NONE) {
        return false;
    }
    bool many = t->upos == DSR_UPOS_ADJ || t->upos == DSR_UPOS_DET || t->upos == DSR_UPOS_NUM;
    bool subject = relation == DSR_REL_NSUBJ;
    return t->upos == DSR_UPOS_NOUN || t->upos == DSR_UPOS_PROPN || t->upos == DSR_UPOS_PRON ||
           t->kind == DSR_TOKEN_ADDRESS || (subject && (many || t->name != DSR_SAID_NONE));
}

static bool is_role_word(const dsr_said_state *s, uint32_t token)
{
    uint32_t lists = dsr_gazetteer_find_text(s->tables->gazetteer, dsr_said_lemma(s, token));
    return (lists & (DSR_GAZETTEER_TITLE | DSR_GAZETTEER_ROLE | DSR_GAZETTEER_KIN)) != 0;
}

/* The name that a head bears or that stands beside it as its own: "spokesman John Doe". */
static uint32_t name_of(const dsr_said_state *s, uint32_t head)
{
    if (s->tokens[head].name != DSR_SAID_NONE) {
        return s->tokens[head].name;
    }
    for (uint32_t c = dsr_said_first_child(s, head); c != DSR_SAID_NONE; c = dsr_said_next_child(s, c)) {
        dsr_relation r = relation_of(s, c);
        uint32_t name = s->tokens[c].name;
        bool person = name != DSR_SAID_NONE && s->report->names.items[name].type == DSR_NAME_PER;
        if (person && (r == DSR_REL_APPOS || r == DSR_REL_FLAT || r == DSR_REL_COMPOUND)) {
            return name;
        }
    }
    return DSR_SAID_NONE;
}

static uint8_t type_of(const dsr_said_state *s, uint32_t head)
{
    const dsr_said_token *t = &s->tokens[head];
    if (dsr_said_is(s, head, "he she")) {
        return DSR_TYPE_HE;
    }
    if (dsr_said_is(s, head, "they it we one some others many")) {
        return DSR_TYPE_THEY;
    }
    if (dsr_said_is(s, head, "who that which")) {
        return DSR_TYPE_WHO;
    }
    if (t->upos == DSR_UPOS_PRON) {
        return DSR_TYPE_I;
    }
    uint32_t name = name_of(s, head);
    if (name != DSR_SAID_NONE) {
        return s->report->names.items[name].type == DSR_NAME_PER ? DSR_TYPE_PERSON : DSR_TYPE_BODY;
    }
    return is_role_word(s, head) ? DSR_TYPE_ROLE : DSR_TYPE_NOUN;
}

/* ---- on what it hangs ---- */

static void add_cue(dsr_said_mention *m, uint32_t token, dsr_said_link link)
{
    if (m->cue_count < DSR_SAID_CUES) {
        m->cues[m->cue_count++] = (dsr_said_cue){token, (uint8_t)link};
    }
}

static bool has_subject(const dsr_said_state *s, uint32_t verb)
{
    for (uint32_t c = dsr_said_first_child(s, verb); c != DSR_SAID_NONE; c = dsr_said_next_child(s, c)) {
        dsr_relation r = relation_of(s, c);
        if (r == DSR_REL_NSUBJ || r == DSR_REL_CSUBJ) {
            return true;
        }
    }
    return false;
}

/* "accused Roe of saying", "quoted Roe as saying": what hangs on the verb behind its object is the object's.
 */
static bool is_of_object(const dsr_said_state *s, uint32_t verb, uint32_t gerund)
{
    uint32_t object = DSR_SAID_NONE;
    if (s->tokens[gerund].xpos != DSR_XPOS_VBG || relation_of(s, gerund) != DSR_REL_ADVCL) {
        return false;
    }
    for (uint32_t c = dsr_said_first_child(s, verb); c != DSR_SAID_NONE && c < gerund;
         c = dsr_said_next_child(s, c)) {
        object = c > verb && relation_of(s, c) == DSR_REL_OBJ ? c : object;
    }
    uint32_t mark = dsr_said_first_child(s, gerund);
    return object != DSR_SAID_NONE && mark != DSR_SAID_NONE && mark > object &&
           dsr_said_is(s, mark, "of as for from");
}

/* Verbs that go on from a verb with the same subject: "laughed and said", "left, saying". Two steps deep. */
static void follow_verb(const dsr_said_state *s, dsr_said_mention *m, uint32_t verb, unsigned depth)
{
    for (uint32_t c = dsr_said_first_child(s, verb); c != DSR_SAID_NONE; c = dsr_said_next_child(s, c)) {
        dsr_relation r = relation_of(s, c);
        bool goes_on =
            r == DSR_REL_CONJ || r == DSR_REL_ADVCL || r == DSR_REL_XCOMP || r == DSR_REL_PARATAXIS;
        bool verbal = s->tokens[c].upos == DSR_UPOS_VERB && s->tokens[c].quote == DSR_SAID_NONE;
        if (!goes_on || !verbal || has_subject(s, c) || is_of_object(s, verb, c)) {
            continue;
        }
        if (s->tokens[c].cue) {
            add_cue(m, c, DSR_LINK_CHAIN);
        }
        if (depth > 0) {
            follow_verb(s, m, c, depth - 1);
        }
    }
}

static bool is_passive(const dsr_said_state *s, uint32_t head)
{
    return s->tokens[head].relation == DSR_REL_NSUBJ_PASS;
}

static void read_tree(const dsr_said_state *s, dsr_said_mention *m)
{
    uint32_t head = m->head;
    for (unsigned up = 0; up < 3 && relation_of(s, head) == DSR_REL_CONJ; up++) {
        head = s->tokens[head].head; /* "Smith and Jones said" */
        if (head == DSR_SAID_NONE) {
            return;
        }
    }
    uint32_t verb = s->tokens[head].head;
    if (verb == DSR_SAID_NONE || s->tokens[verb].quote != DSR_SAID_NONE) {
        return;
    }
    dsr_relation relation = relation_of(s, head);
    if (relation == DSR_REL_OBJ && head > verb) {
        for (uint32_t c = dsr_said_first_child(s, verb); c != DSR_SAID_NONE; c = dsr_said_next_child(s, c)) {
            if (s->tokens[c].cue && is_of_object(s, verb, c)) {
                add_cue(m, c, DSR_LINK_SUBJECT);
            }
        }
    }
    bool agent = s->tokens[head].relation == DSR_REL_OBL_AGENT;
    if (relation == DSR_REL_NSUBJ || agent) {
        bool speech = s->tokens[verb].cue && (agent || !is_passive(s, head));
        if (speech) {
            add_cue(m, verb, DSR_LINK_SUBJECT);
        }
        if (!agent) {
            follow_verb(s, m, verb, 1);
        }
        if (!speech && m->cue_count == 0) {
            add_cue(m, verb, DSR_LINK_VERB);
        }
    }
}

static bool is_medium_noun(const dsr_said_state *s, uint32_t token)
{
    return token < s->token_count && s->tokens[token].upos == DSR_UPOS_NOUN &&
           dsr_media_words_find(s->tables->media, DSR_MEDIA_NOUN, dsr_said_lemma(s, token)) !=
               DSR_MEDIUM_UNSAID;
}

/* "according to X", "X's statement", "a statement from X". */
static void read_phrase(const dsr_said_state *s, dsr_said_mention *m)
{
    for (uint32_t c = dsr_said_first_child(s, m->head); c != DSR_SAID_NONE; c = dsr_said_next_child(s, c)) {
        if (relation_of(s, c) == DSR_REL_CASE && dsr_said_is(s, c, "according")) {
            add_cue(m, c, DSR_LINK_ACCORDING);
        } else if (c > 0 && relation_of(s, c) == DSR_REL_CASE && dsr_said_is(s, c - 1, "according")) {
            add_cue(m, c - 1, DSR_LINK_ACCORDING);
        }
    }
    uint32_t head = s->tokens[m->head].head;
    dsr_relation relation = relation_of(s, m->head);
    if (head != DSR_SAID_NONE && relation == DSR_REL_NMOD && is_medium_noun(s, head)) {
        add_cue(m, head, DSR_LINK_NOUN);
    }
}

/* Whatever the tree says: a verb of speech right before the phrase or right behind it. */
static void read_neighbours(const dsr_said_state *s, dsr_said_mention *m)
{
    uint32_t sentence = s->tokens[m->head].sentence;
    uint32_t t = m->head + 1;
    while (t < s->token_count && t < m->head + 4 &&
           (s->tokens[t].upos == DSR_UPOS_ADV || s->tokens[t].upos == DSR_UPOS_AUX)) {
        t++;
    }
    bool participle = t < s->token_count && s->tokens[t].xpos == DSR_XPOS_VBG;
    if (t < s->token_count && s->tokens[t].cue && s->tokens[t].sentence == sentence && !participle &&
        s->tokens[t].xpos != DSR_XPOS_VB) {
        add_cue(m, t, DSR_LINK_BESIDE);
    }
    for (t = m->head; t > s->sentence_starts[sentence] && m->head - t < 8; t--) {
        const dsr_said_token *left = &s->tokens[t - 1];
        if (left->cue && left->xpos != DSR_XPOS_VBG && left->xpos != DSR_XPOS_VB) {
            add_cue(m, t - 1, DSR_LINK_BESIDE);
            return;
        }
        bool within = left->upos == DSR_UPOS_PROPN || left->upos == DSR_UPOS_NOUN ||
                      left->upos == DSR_UPOS_ADJ || left->upos == DSR_UPOS_DET ||
                      left->relation == DSR_REL_NMOD_POSS || left->relation == DSR_REL_COMPOUND ||
                      left->upos == DSR_UPOS_PART;
        if (!within) {
            return;
        }
    }
}

enum { SIGNATURE_WORDS = 12 };
/* The dash behind words in marks, or else the beginning of the sentence. */
static uint32_t signature_start(const dsr_said_state *s, uint32_t head)
{
    uint32_t start = s->sentence_starts[s->tokens[head].sentence];
    for (uint32_t t = head; t > start && head - t < SIGNATURE_WORDS / 2; t--) {
        if (s->tokens[t - 1].quote != DSR_SAID_NONE) {
            return t;
        }
    }
    return start;
}

static bool has_verb(const dsr_said_state *s, uint32_t first, uint32_t end)
{
    for (uint32_t t = first; t < end && t < first + SIGNATURE_WORDS; t++) {
        if (s->tokens[t].upos == DSR_UPOS_VERB || s->tokens[t].upos == DSR_UPOS_AUX) {
            return true;
        }
    }
    return false;
}

/* "- Jane Roe, farmer": a short paragraph that begins with a dash, or the end of one behind words in marks.
 */
static bool is_signature(const dsr_said_state *s, uint32_t head)
{
    uint32_t start = signature_start(s, head);
    uint32_t sentence = s->tokens[head].sentence;
    bool first = start > 0 ? dsr_said_paragraph(s, start - 1) != s->paragraph_of[sentence] ||
                                 s->tokens[start - 1].quote != DSR_SAID_NONE
                           : true;
    if (start > s->sentence_starts[sentence] && has_verb(s, start, s->sentence_starts[sentence + 1])) {
        return false; /* "We will" - said Roe - "go" */
    }
    return first && start < head && head - start < SIGNATURE_WORDS / 2 &&
           s->sentence_starts[sentence + 1] - start <= SIGNATURE_WORDS &&
           dsr_said_is(s, start, "- -- \xe2\x80\x93 \xe2\x80\x94 \xe2\x80\x95");
}

/* "Roe was told:", whatever the tree says. */
static uint32_t addressed_by(const dsr_said_state *s, uint32_t head)
{
    uint32_t t = head + 1;
    bool passive = false;
    while (t < s->token_count && s->tokens[t].name != DSR_SAID_NONE &&
           s->tokens[t].name == s->tokens[head].name) {
        t++;
    }
    for (uint32_t end = t + 5; t < s->token_count && t < end &&
                               (s->tokens[t].upos == DSR_UPOS_AUX || s->tokens[t].upos == DSR_UPOS_ADV);
         t++) {
        passive = dsr_said_is(s, t, "was were is are been being be") || passive;
    }
    bool told = passive && t < s->token_count && s->tokens[t].sentence == s->tokens[head].sentence &&
                dsr_said_is(s, t, "told asked reminded warned assured informed");
    return told ? t : DSR_SAID_NONE;
}

static void read_cues(const dsr_said_state *s, dsr_said_mention *m)
{
    m->addressed = addressed_by(s, m->head);
    if (m->addressed != DSR_SAID_NONE) {
        return;
    }
    if (is_signature(s, m->head)) {
        add_cue(m, signature_start(s, m->head), DSR_LINK_DASH);
        return;
    }
    read_tree(s, m);
    read_phrase(s, m);
    bool found = m->cue_count > 0 && m->cues[0].link != DSR_LINK_VERB;
    if (!found) {
        uint8_t before = m->cue_count;
        read_neighbours(s, m);
        if (before > 0 && m->cue_count > before) {
            m->cues[0] = m->cues[--m->cue_count]; /* better than a verb of no speech */
        }
    }
}

/* ---- whom it means ---- */

enum { SURNAMES_MOST = 64 };
/* "May told reporters": subject of a verb of speech and the surname of one person of the report. */
static uint32_t bearer_of(const dsr_said_state *s, const dsr_said_mention *m)
{
    bool speaks = m->cue_count > 0 && m->cues[0].link <= DSR_LINK_BESIDE;
    dsr_slice word = dsr_said_text(s, m->head);
    uint32_t found = DSR_NO_ENTITY;
    if (!speaks || s->tokens[m->head].upos != DSR_UPOS_PROPN || word.len < 2) {
        return DSR_NO_ENTITY;
    }
    for (uint32_t i = 0; i < s->report->entities.count && i < SURNAMES_MOST; i++) {
        const dsr_entity *e = &s->report->entities.items[i];
        size_t at = e->canonical.len - word.len;
        bool bears = e->type == DSR_NAME_PER && e->canonical.len > word.len + 1 &&
                     dsr_slice_ends(e->canonical, word) && e->canonical.ptr[at - 1] == ' ';
        if (bears && found != DSR_NO_ENTITY) {
            return DSR_NO_ENTITY;
        }
        found = bears ? i : found;
    }
    return found;
}

static void give_entities(dsr_said_state *s)
{
    const dsr_report *report = s->report;
    size_t r = 0;
    for (size_t i = 0; i < s->mentions.count; i++) {
        dsr_said_mention *m = &s->mentions.items[i];
        uint32_t name = name_of(s, m->head);
        dsr_span span = s->tokens[m->head].span;
        while (r < report->references.count && report->references.items[r].span.end <= span.start) {
            r++;
        }
        bool referred = r < report->references.count && report->references.items[r].span.start <= span.start;
        if (name != DSR_SAID_NONE) {
            m->entity = report->names.items[name].entity;
            m->several = report->names.items[name].tie == DSR_TIE_SURNAME_SEVERAL;
        } else if (referred) {
            m->entity = report->references.items[r].entity;
        } else {
            m->entity = bearer_of(s, m);
            m->bare = m->entity != DSR_NO_ENTITY;
        }
    }
}

/* "who" means what its clause hangs on; the mentions before it are known. */
static void give_antecedents(dsr_said_state *s)
{
    for (size_t i = 0; i < s->mentions.count; i++) {
        dsr_said_mention *m = &s->mentions.items[i];
        if (m->type != DSR_TYPE_WHO || m->entity != DSR_NO_ENTITY) {
            continue;
        }
        uint32_t verb = s->tokens[m->head].head;
        uint32_t noun = verb != DSR_SAID_NONE ? s->tokens[verb].head : DSR_SAID_NONE;
        bool clause = verb != DSR_SAID_NONE && relation_of(s, verb) == DSR_REL_ACL && noun != DSR_SAID_NONE;
        uint32_t other = clause ? s->tokens[noun].mention : DSR_SAID_NONE;
        m->entity = other != DSR_SAID_NONE ? s->mentions.items[other].entity : DSR_NO_ENTITY;
    }
}

dsr_status dsr_said_find_mentions(dsr_said_state *s)
{
    for (uint32_t t = 0; t < s->token_count; t++) {
        if (!is_head(s, t)) {
            continue;
        }
        dsr_status status = DSR_LIST_RESERVE(s->arena, &s->mentions, 1);
        if (status != DSR_OK) {
            return status;
        }
        s->tokens[t].mention = (uint32_t)s->mentions.count;
        dsr_said_mention m = {.head = t, .entity = DSR_NO_ENTITY};
        m.type = type_of(s, t);
        read_cues(s, &m);
        s->mentions.items[s->mentions.count++] = m;
    }
    give_entities(s);
    give_antecedents(s);
    return DSR_OK;
}
