namespace MiniosBuild.Fuzzing.Inputs;

/// <summary>Small sources that make compilers use what the formats have.</summary>
internal static class CSources
{
    /// <summary>Every kind of symbol and reference that C has on every machine.</summary>
    public const string C = """
        typedef unsigned long word;
        struct list { struct list *next; int key; const char *name; };
        extern int printk(const char *format, ...);
        extern struct list *first_of_all;
        extern word maybe_there __attribute__((weak));
        int counter = 3;
        static int calls;
        const char message[] = "a message";
        struct list table[4] = { { &table[1], 1, message }, { 0, 2, "two" } };
        int (*const handlers[])(const char *, ...) = { printk, 0 };
        void __attribute__((weak)) app_main(void *argument) { printk(message, argument); }
        static int compare(const struct list *a, const struct list *b) { calls++; return a->key - b->key; }
        word sum(const struct list *l)
        {
            word total = &maybe_there ? maybe_there : 0;
            for (; l; l = l->next)
                total += (word)compare(l, first_of_all);
            return total;
        }
        int __attribute__((section(".text.startup"))) init_blkfront(int count) { return count > 3 ? counter : (int)sum(table); }
        word __attribute__((visibility("hidden"))) hidden_sum(void) { return sum(table) + (word)counter; }
        int minios_done(void) { static int once; return once++ + init_blkfront(2); }
        """;

    /// <summary>What refers to names of <see cref="C"/>.</summary>
    public const string User = """
        extern unsigned long sum(const void *list);
        extern int counter, init_blkfront(int count);
        int printk(const char *format, ...) { return counter + *format; }
        struct list *first_of_all;
        int start(void) { return init_blkfront((int)sum(first_of_all)); }
        int (*table_of_users[])(void) = { start };
        """;

    /// <summary>What only some machines have: thread-local and common variables, aliases.</summary>
    public const string Gnu = """
        __thread int per_thread = 1;
        int tentative;
        int original(int n) { return n + per_thread + tentative; }
        extern int other_name(int n) __attribute__((alias("original")));
        static int (*choose(void))(int) { return original; }
        int chosen(int n) __attribute__((ifunc("choose")));
        """;

    /// <summary>COMDAT groups, long names, weak definitions.</summary>
    public const string CPlusPlus = """
        template <typename T, int N> struct ring { T items[N]; int head; T &at(int i) { return items[(head + i) % N]; } };
        struct base { virtual ~base(); virtual int value() const { return 1; } };
        struct derived : base { int value() const override { return 2; } };
        inline int shared_counter() { static int counter; return ++counter; }
        template <typename T> T largest(T a, T b) { return a > b ? a : b; }
        inline derived one_for_all;
        int use(ring<long, 8> &r, const base &b) { return (int)largest<long>(r.at(3), b.value()) + shared_counter(); }
        int also(ring<char, 3> &r) { return largest<char>(r.at(1), 'x') + one_for_all.value(); }
        """;

    /// <summary>Symbols without types, local labels, odd names, sections in plenty and a group; for x86.</summary>
    public static string Assembly { get; } = """
        .globl _start, "odd name", hypercall_page, versioned
        .weak weak_label
        .text
        _start: call external_function@PLT
        1: jmp 1b
        "odd name": .long "odd name" - .
        .Lprivate: .quad .Lprivate, weak_label
        weak_label: ret
        .symver _start, versioned@@V1
        .set absolute_value, 0x1234
        .globl absolute_value
        .comm common_block, 64, 16
        .section .text.page, "axG", @progbits, hypercall_page, comdat
        hypercall_page: .skip 32, 0x90
        .section .note.own, "", @note
        .long 4, 4, 1
        .asciz "own"
        .long 7
        .section .note.GNU-stack, "x", @progbits

        """ + string.Concat(Enumerable.Range(0, 300).Select(n => $".section .data.s{n}, \"aw\"\ns{n}: .long {n}\n")) + ".globl s0, s299\n";
}
