/* The network: every processor's kernels give the same numbers, trees are the best there are, and a model
 * file that could lead a sum out of its 32 bits is refused. */
#include "support.h"

#include "base/limits.h"
#include "syntax/net.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static uint32_t next_random(uint64_t *state)
{
    *state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (uint32_t)(*state >> 33);
}

/* Between -most and most, and now and then exactly one of these. */
static int32_t random_number(uint64_t *state, int32_t most)
{
    uint32_t r = next_random(state);
    if (r % 16 == 0) {
        return r % 32 == 0 ? most : -most;
    }
    return (int32_t)(next_random(state) % (2 * (uint32_t)most + 1)) - most;
}

static void fill(uint64_t *state, int16_t *out, size_t count, int32_t most)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = (int16_t)random_number(state, most);
    }
}

/* ---- kernels ---- */

enum { MOST_IN = 128, MOST_OUT = 64, MOST_ROWS = 19, STRIDE = 160 };

static void multiply_plainly(const dsr_net_matrix *m, dsr_net_rows x, int32_t *out)
{
    for (size_t t = 0; t < x.count; t++) {
        for (size_t j = 0; j < m->out; j++) {
            int32_t sum = m->bias != NULL ? m->bias[j] : 0;
            for (size_t i = 0; i < m->in; i++) {
                size_t place = j / 16 * 16 * m->in + i / 2 * 32 + j % 16 * 2 + i % 2;
                sum += x.first[t * x.stride + i] * m->weights[place];
            }
            out[t * m->out + j] = sum;
        }
    }
}

static void products_of_matrices_are_right(void **state)
{
    (void)state;
    static int16_t weights[MOST_IN * MOST_OUT];
    static int16_t x[MOST_ROWS * STRIDE];
    static int32_t bias[MOST_OUT];
    static int32_t expected[MOST_ROWS * MOST_OUT];
    static int32_t got[MOST_ROWS * MOST_OUT];
    const dsr_net_kernels *kernels[DSR_NET_KINDS];
    size_t kinds = dsr_net_find_kernels(kernels);
    uint64_t random = 1;
    for (size_t k = 0; k < kinds; k++) {
        for (size_t rows = 0; rows <= MOST_ROWS; rows++) {
            size_t in = 2 * (1 + next_random(&random) % (MOST_IN / 2));
            size_t out = 16 * (1 + next_random(&random) % (MOST_OUT / 16));
            /* The largest weights that the sum of so many leaves within 32 bits. */
            fill(&random, weights, in * out, rows % 2 == 0 ? 2000 : INT16_MAX);
            fill(&random, x, sizeof x / sizeof *x, rows % 2 == 0 ? 8191 : 500);
            for (size_t j = 0; j < out; j++) {
                bias[j] = random_number(&random, 1000000);
            }
            dsr_net_matrix m = {weights, rows % 3 == 0 ? NULL : bias, in, out, 0};
            dsr_net_rows r = {x, STRIDE, rows};
            multiply_plainly(&m, r, expected);
            memset(got, 0x55, sizeof got);
            kernels[k]->multiply(&m, r, got);
            assert_memory_equal(got, expected, rows * out * sizeof *got);
            assert_true(rows == MOST_ROWS || got[rows * out] == 0x55555555);
        }
    }
}

/* What a kind of kernels makes of random numbers, put together. */
typedef struct outputs {
    int16_t narrowed[1000], sum[1000], gates[7 * DSR_NET_GATES], states[2][7 * DSR_NET_STATE];
    int16_t joined[DSR_NET_KIND], embedded[DSR_NET_WIDTH];
    int32_t products[9];
    size_t best[3];
} outputs;

static void run_all(const dsr_net_kernels *k, outputs *o)
{
    static int32_t wide[1000];
    static int16_t a[1000];
    static int16_t rows[9 * 100];
    int8_t embedding[DSR_NET_WIDTH];
    uint64_t random = 2;
    memset(o, 0, sizeof *o);
    for (size_t i = 0; i < 1000; i++) {
        wide[i] = random_number(&random, DSR_NET_SUM_MOST);
    }
    k->narrow(wide, 999, 1, (dsr_net_range){-8191, 8191}, o->narrowed);
    k->narrow(wide, 501, 17, (dsr_net_range){0, 4095}, o->narrowed);
    fill(&random, o->sum, 1000, 16000);
    fill(&random, a, 1000, 16000);
    k->add(o->sum, a, 777);
    fill(&random, o->gates, sizeof o->gates / sizeof *o->gates, 4 * DSR_NET_GATE_MOST);
    k->squash(o->gates, 7);
    k->recur(o->gates, 7, NULL, o->states[0]);
    k->recur(o->gates, 7, o->states[0], o->states[1]);
    fill(&random, a, 1000, DSR_NET_KIND_MOST);
    k->join(a, a + 100, a + 200, o->joined);
    fill(&random, rows, sizeof rows / sizeof *rows, DSR_NET_HEAD_MOST);
    k->products(a, (dsr_net_rows){rows, 100, 9}, o->products);
    for (size_t i = 0; i < DSR_NET_WIDTH; i++) {
        embedding[i] = (int8_t)random_number(&random, 127);
    }
    k->embed(embedding, o->embedded);
    wide[500] = wide[700] = INT32_MAX;
    o->best[0] = k->best(wide, 1000);
    o->best[1] = k->best(wide, 1);
    for (size_t i = 0; i < 40; i++) {
        wide[i] = INT32_MIN;
    }
    o->best[2] = k->best(wide, 40);
}

static void kernels_agree(void **state)
{
    (void)state;
    static outputs expected;
    static outputs got;
    const dsr_net_kernels *kernels[DSR_NET_KINDS];
    size_t kinds = dsr_net_find_kernels(kernels);
    run_all(&dsr_net_plain, &expected);
    assert_int_equal(expected.best[0], 500);
    assert_int_equal(expected.best[1], 0);
    assert_int_equal(expected.best[2], 0);
    for (size_t k = 0; k < kinds; k++) {
        run_all(kernels[k], &got);
        assert_memory_equal(&got, &expected, sizeof got);
    }
    assert_ptr_equal(kernels[kinds - 1], &dsr_net_plain);
}

static void gates_have_their_curves(void **state)
{
    (void)state;
    int16_t gates[DSR_NET_GATES];
    int16_t last_value = -8192;
    int16_t last_gate = 0;
    for (int32_t x = -4 * DSR_NET_GATE_MOST; x <= 4 * DSR_NET_GATE_MOST; x += 7) {
        for (size_t i = 0; i < DSR_NET_GATES; i++) {
            gates[i] = (int16_t)x;
        }
        dsr_net_plain.squash(gates, 1);
        assert_true(gates[0] >= last_value && gates[0] <= 8192);
        assert_true(gates[DSR_NET_HALF] >= last_gate && gates[DSR_NET_HALF] <= 8192);
        assert_int_equal(gates[DSR_NET_HALF], gates[2 * DSR_NET_HALF]);
        assert_true(x != 0 || (gates[0] == 0 && gates[DSR_NET_HALF] == 4096));
        last_value = gates[0];
        last_gate = gates[DSR_NET_HALF];
    }
    assert_int_equal(last_value, 8192);
    assert_int_equal(last_gate, 8192);
}

/* ---- features ---- */

static uint64_t key_of(const char *text)
{
    dsr_net_form form;
    dsr_net_form_set(&form, dsr_slice_of(text));
    return dsr_net_form_key(&form);
}

/* How many of two forms' features are the same. */
static unsigned shared_features(const char *a, const char *b)
{
    uint64_t of_a[DSR_NET_FEATURES];
    uint64_t of_b[DSR_NET_FEATURES];
    dsr_net_form form;
    unsigned same = 0;
    dsr_net_form_set(&form, dsr_slice_of(a));
    dsr_net_form_features(&form, of_a);
    dsr_net_form_set(&form, dsr_slice_of(b));
    dsr_net_form_features(&form, of_b);
    for (size_t i = 0; i < DSR_NET_FEATURES; i++) {
        same += of_a[i] == of_b[i];
    }
    return same;
}

static void forms_have_features(void **state)
{
    (void)state;
    assert_int_not_equal(key_of("\xe2\x80\x9c"), key_of("\""));
    assert_int_not_equal(key_of("\xe2\x80\x9c"), key_of("\xe2\x80\x9d"));
    assert_int_equal(shared_features("\xe2\x80\x9c", "\""), DSR_NET_FEATURES - 2); /* form, side */
    assert_int_equal(shared_features("\xe2\x80\x94", "-"), 0);
    assert_int_equal(key_of("n\xe2\x80\x99t"), key_of("n't"));
    assert_int_not_equal(key_of("May"), key_of("may"));
    assert_int_equal(shared_features("May", "may"), DSR_NET_FEATURES - 2);   /* form, shape */
    assert_int_equal(shared_features("1987", "2003"), DSR_NET_FEATURES - 1); /* form */
    assert_int_equal(shared_features("\xc3\x89t\xc3\xa9", "\xc3\xa9t\xc3\xa9"), DSR_NET_FEATURES - 2);
    assert_int_equal(shared_features("abcd", "abcx"), 3); /* beginnings of 2 and 3, shape */
    assert_int_equal(shared_features("", ""), DSR_NET_FEATURES);
}

static void distances_have_classes(void **state)
{
    (void)state;
    for (long d = 1; d < 2000; d++) {
        assert_true(dsr_net_distance(-d) < DSR_NET_DISTANCES / 2);
        assert_int_equal(dsr_net_distance(d), dsr_net_distance(-d) + DSR_NET_DISTANCES / 2);
        assert_true(dsr_net_distance(-d - 1) >= dsr_net_distance(-d));
    }
    assert_int_equal(dsr_net_distance(-1), 0);
    assert_int_equal(dsr_net_distance(-4), 3);
    assert_int_equal(dsr_net_distance(-5), dsr_net_distance(-6));
    assert_int_equal(dsr_net_distance(-25), DSR_NET_DISTANCES / 2 - 1);
}

/* ---- trees ---- */

static int32_t *random_scores(uint64_t *random, size_t count, int32_t most)
{
    int32_t *scores = malloc(count * (count + 1) * sizeof *scores);
    assert_non_null(scores);
    for (size_t t = 0; t < count; t++) {
        for (size_t h = 0; h <= count; h++) {
            scores[t * (count + 1) + h] = h == t + 1 ? INT32_MIN : random_number(random, most);
        }
    }
    return scores;
}

/* The root that is alone, where all heads lead to it; count where there is none. */
static size_t root_of(const uint16_t *heads, size_t count)
{
    size_t root = count;
    for (size_t t = 0; t < count; t++) {
        size_t at = t + 1;
        size_t steps = 0;
        while (at != 0 && steps++ <= count) {
            at = heads[at - 1];
        }
        if (at != 0 || (heads[t] == 0 && root != count)) {
            return count;
        }
        root = heads[t] == 0 ? t : root;
    }
    return root;
}

static int64_t weight_of(const int32_t *scores, size_t count, const uint16_t *heads)
{
    int64_t sum = 0;
    for (size_t t = 0; t < count; t++) {
        sum += scores[t * (count + 1) + heads[t]];
    }
    return sum;
}

/* The weight of the best of all trees with this root, by trying each. */
static int64_t try_all(const int32_t *scores, size_t count, size_t root)
{
    uint16_t heads[6] = {0};
    int64_t best = INT64_MIN;
    for (;;) {
        if (root_of(heads, count) == root) {
            int64_t weight = weight_of(scores, count, heads);
            best = weight > best ? weight : best;
        }
        size_t t = 0;
        while (t < count && ++heads[t] > count) {
            heads[t++] = 0;
        }
        if (t == count) {
            return best;
        }
    }
}

static void small_trees_are_the_best(void **state)
{
    (void)state;
    uint64_t random = 3;
    for (size_t round = 0; round < 600; round++) {
        size_t count = 1 + round % 5;
        /* Small scores tie. */
        int32_t *scores = random_scores(&random, count,
                                        round % 3 == 0   ? 2
                                        : round % 3 == 1 ? 1000
                                                         : INT32_MAX);
        uint16_t heads[6];
        assert_int_equal(dsr_net_find_tree(&dsr_net_plain, scores, count, heads), DSR_OK);
        size_t root = root_of(heads, count);
        assert_true(root < count);
        assert_true(weight_of(scores, count, heads) == try_all(scores, count, root));
        free(scores);
    }
}

/* Scores that make a cycle of each two neighbours, of each two of these pairs, and so on. */
static int32_t *nested_cycles(size_t count)
{
    int32_t *scores = malloc(count * (count + 1) * sizeof *scores);
    assert_non_null(scores);
    for (size_t t = 0; t < count; t++) {
        for (size_t h = 0; h < count; h++) {
            unsigned level = 0;
            while (t >> level != h >> level) {
                level++;
            }
            scores[t * (count + 1) + h + 1] = h == t ? INT32_MIN : 1000000 - 1000 * (int32_t)level;
        }
        scores[t * (count + 1)] = t == 0 ? 0 : -1000;
    }
    return scores;
}

static void large_trees_are_trees(void **state)
{
    (void)state;
    uint64_t random = 4;
    enum { COUNT = DSR_LIMIT_PARSED_TOKENS };
    uint16_t heads[COUNT];
    for (size_t round = 0; round < 6; round++) {
        int32_t *scores =
            round < 5 ? random_scores(&random, COUNT, round == 0 ? 1 : INT32_MAX) : nested_cycles(COUNT);
        assert_int_equal(dsr_net_find_tree(&dsr_net_plain, scores, COUNT, heads), DSR_OK);
        assert_true(root_of(heads, COUNT) < COUNT);
        free(scores);
    }
    assert_int_equal(root_of(heads, COUNT), 0);
    assert_int_equal(dsr_net_find_tree(&dsr_net_plain, NULL, 0, heads), DSR_OK);
}

/* ---- the model that ships ---- */

typedef struct opened {
    dsr_weights *weights;
    dsr_net net;
} opened;

static void open_net(opened *o)
{
    dsr_error error = {.message = ""};
    assert_int_equal(dsr_weights_open(DSR_TEST_MODEL, &o->weights, &error), DSR_OK);
    size_t tags = dsr_weights_part(o->weights, "tags").len / 2;
    if (dsr_net_take(o->weights, tags, &o->net, &error) != DSR_OK) {
        fail_msg("%s: %s", error.subject, error.message);
    }
}

static void close_net(opened *o)
{
    dsr_net_give_up(&o->net);
    dsr_weights_drop(o->weights);
}

enum { FORMS = DSR_LIMIT_PARSED_TOKENS };

/* Words as they may come, and bytes as they should not. */
static void random_forms(uint64_t *random, char (*bytes)[12], dsr_slice *forms, size_t count)
{
    static const char *const words[] = {"the", "of", "said",   "minister", ",",
                                        ".",   "\"", "Monday", "n't",      "-"};
    for (size_t i = 0; i < count; i++) {
        size_t length = next_random(random) % 12;
        for (size_t k = 0; k < length; k++) {
            bytes[i][k] = (char)(next_random(random) % (i % 3 == 0 ? 256 : 96) + (i % 3 == 0 ? 0 : 32));
        }
        forms[i] = i % 2 == 0 ? dsr_slice_of(words[next_random(random) % 10]) : (dsr_slice){bytes[i], length};
    }
}

static void the_same_with_every_kernel(void **state)
{
    (void)state;
    static char bytes[FORMS][12];
    static dsr_slice forms[FORMS];
    static dsr_net_answer expected[FORMS];
    static dsr_net_answer got[FORMS];
    static uint64_t no_forms[DSR_NET_FORM_SLOTS];
    const dsr_net_kernels *kernels[DSR_NET_KINDS];
    size_t kinds = dsr_net_find_kernels(kernels);
    uint64_t random = 5;
    opened o;
    open_net(&o);
    for (size_t round = 0; round < 40; round++) {
        size_t count = round == 0 ? FORMS : next_random(&random) % 40;
        random_forms(&random, bytes, forms, count);
        o.net.kernels = &dsr_net_plain;
        assert_int_equal(dsr_net_run(&o.net, forms, count, expected), DSR_OK);
        for (size_t i = 0; i < count; i++) {
            assert_true(expected[i].head <= count && expected[i].head != i + 1);
            assert_true(expected[i].tag < o.net.tag_count);
        }
        for (size_t k = 0; k < kinds; k++) {
            o.net.kernels = kernels[k];
            assert_int_equal(dsr_net_run(&o.net, forms, count, got), DSR_OK);
            assert_memory_equal(got, expected, count * sizeof *got);
        }
        /* Frequent forms lie ready, and come to the same. */
        dsr_net bare = o.net;
        bare.form_keys = no_forms;
        assert_int_equal(dsr_net_run(&bare, forms, count, got), DSR_OK);
        assert_memory_equal(got, expected, count * sizeof *got);
    }
    close_net(&o);
}

/* ---- files that are wrong ---- */

static dsr_buffer read_model(void)
{
    dsr_buffer file;
    FILE *stream = fopen(DSR_TEST_MODEL, "rb");
    assert_non_null(stream);
    dsr_buffer_open(&file, 0);
    for (;;) {
        char *place = dsr_buffer_reserve(&file, 1 << 16);
        assert_non_null(place);
        size_t got = fread(place, 1, 1 << 16, stream);
        if (got == 0) {
            break;
        }
        file.len += got;
    }
    fclose(stream);
    return file;
}

static size_t number_at(const dsr_buffer *file, size_t at)
{
    size_t number = 0;
    for (size_t i = 4; i > 0; i--) {
        number = number << 8 | (unsigned char)file->data[at + i - 1];
    }
    return number;
}

static void put_number(dsr_buffer *file, size_t at, size_t number)
{
    for (size_t i = 0; i < 4; i++) {
        file->data[at + i] = (char)(number >> 8 * i & 0xff);
    }
}

/* Where the entry of a part stands. */
static size_t entry_of(const dsr_buffer *file, const char *name)
{
    char padded[8] = {0};
    memcpy(padded, name, strlen(name));
    size_t at = 32;
    while (memcmp(file->data + at, padded, sizeof padded) != 0) {
        at += 16;
        assert_true(at < 1024);
    }
    return at;
}

static void expect_refused(dsr_buffer *file, const char *part)
{
    dsr_syntax_model *model = NULL;
    dsr_error error = {.message = ""};
    char quoted[16];
    mend_checksum(file);
    assert_int_equal(dsr_syntax_open_bytes(dsr_buffer_slice(file), "made", &model, &error), DSR_ERR_INPUT);
    assert_null(model);
    assert_string_equal(error.subject, "made");
    snprintf(quoted, sizeof quoted, "\"%s\"", part);
    if (strstr(error.message, quoted) == NULL) {
        fail_msg("%s is not named: %s", quoted, error.message);
    }
}

static const char *const parts[] = {"tags",   "rules",  "lemmas", "net",   "features", "embed",
                                    "before", "itself", "behind", "gates", "layer1",   "layer2",
                                    "tagger", "roles",  "wants",  "kinds", "distance", "relation"};

static void every_part_is_needed(void **state)
{
    (void)state;
    dsr_buffer file = read_model();
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        size_t entry = entry_of(&file, parts[i]);
        file.data[entry] ^= 1;
        expect_refused(&file, parts[i]);
        file.data[entry] ^= 1;
        size_t length = number_at(&file, entry + 12);
        put_number(&file, entry + 12, length - 1);
        expect_refused(&file, parts[i]);
        put_number(&file, entry + 12, length);
    }
    dsr_buffer_drop(&file);
}

/* Numbers that are too large, wherever they stand. */
static void sums_stay_in_their_bits(void **state)
{
    (void)state;
    static const char *const wrong[] = {"net",   "features", "before",   "itself",  "behind",
                                        "gates", "layer1",   "layer2",   "tagger",  "roles",
                                        "wants", "kinds",    "distance", "relation"};
    dsr_buffer file = read_model();
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        size_t entry = entry_of(&file, wrong[i]);
        size_t at = number_at(&file, entry + 8);
        size_t size = number_at(&file, entry + 12);
        size_t count = size / 2;
        char *kept = malloc(count);
        assert_non_null(kept);
        memcpy(kept, file.data + at + size - count, count);
        memset(file.data + at + size - count, strcmp(wrong[i], "features") == 0 ? 0xff : 0x7f, count);
        expect_refused(&file, wrong[i]);
        memcpy(file.data + at + size - count, kept, count);
        free(kept);
    }
    /* The very lowest number, alone: two of them would leave 32 bits in some processors' sums of pairs. */
    size_t last = number_at(&file, entry_of(&file, "wants") + 8);
    file.data[last] = 0;
    file.data[last + 1] = (char)0x80;
    expect_refused(&file, "wants");
    dsr_buffer_drop(&file);
}

/* The model that ships with as many frequent forms as the lines of `forms`. */
static dsr_status open_with_forms(dsr_slice forms, dsr_error *error)
{
    opened o;
    enum { PARTS = sizeof parts / sizeof *parts };
    made_part made[PARTS + 1];
    dsr_buffer file;
    dsr_syntax_model *model = NULL;
    open_net(&o);
    for (size_t i = 0; i < PARTS; i++) {
        made[i] = (made_part){parts[i], dsr_weights_part(o.weights, parts[i])};
    }
    made[PARTS] = (made_part){"forms", forms};
    dsr_buffer_open(&file, 0);
    make_file(&file, made, PARTS + 1);
    dsr_status status = dsr_syntax_open_bytes(dsr_buffer_slice(&file), "made", &model, error);
    dsr_syntax_drop(model);
    dsr_buffer_drop(&file);
    close_net(&o);
    return status;
}

static void frequent_forms_have_a_limit(void **state)
{
    (void)state;
    dsr_buffer forms;
    dsr_error error = {.message = ""};
    dsr_buffer_open(&forms, 0);
    for (size_t i = 0; i < DSR_LIMIT_MODEL_FORMS; i++) {
        dsr_buffer_append_format(&forms, "%zu\n", i / 2); /* each twice: that is no harm */
    }
    assert_int_equal(open_with_forms(dsr_buffer_slice(&forms), &error), DSR_OK);
    assert_int_equal(open_with_forms(DSR_SLICE(""), &error), DSR_OK);
    dsr_buffer_append(&forms, DSR_SLICE("more\n"));
    assert_int_equal(open_with_forms(dsr_buffer_slice(&forms), &error), DSR_ERR_INPUT);
    assert_non_null(strstr(error.message, "\"forms\""));
    dsr_buffer_drop(&forms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_of_matrices_are_right), cmocka_unit_test(kernels_agree),
        cmocka_unit_test(gates_have_their_curves),        cmocka_unit_test(forms_have_features),
        cmocka_unit_test(distances_have_classes),         cmocka_unit_test(small_trees_are_the_best),
        cmocka_unit_test(large_trees_are_trees),          cmocka_unit_test(the_same_with_every_kernel),
        cmocka_unit_test(every_part_is_needed),           cmocka_unit_test(sums_stay_in_their_bits),
        cmocka_unit_test(frequent_forms_have_a_limit),
    };
    return cmocka_run_group_tests_name("syntax net", tests, NULL, NULL);
}
