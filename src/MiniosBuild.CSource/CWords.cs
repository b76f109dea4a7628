namespace MiniosBuild.CSource;

/// <summary>The words of a text, each with a number; keywords have the lowest.</summary>
public sealed class CWords
{
    private static readonly (CWordClass Class, string Words)[] Keywords =
    [
        (CWordClass.Type, "void char short int long float double signed unsigned _Bool _Complex __signed __signed__ __complex__ __int128 __auto_type _Float128 __float128"),
        (CWordClass.Qualifier, "const volatile restrict inline register auto _Noreturn _Thread_local thread_local __const __const__ __volatile __volatile__ __restrict __restrict__"),
        (CWordClass.Qualifier, "__inline __inline__ __thread __extension__ _Nonnull _Nullable noreturn __noreturn__"),
        (CWordClass.Static, "static constexpr"),
        (CWordClass.Typedef, "typedef"),
        (CWordClass.Extern, "extern"),
        (CWordClass.Aggregate, "struct union"),
        (CWordClass.Enum, "enum"),
        (CWordClass.Attribute, "__attribute__ __attribute __declspec"),
        (CWordClass.Typeof, "typeof __typeof__ __typeof typeof_unqual _BitInt _Atomic _Alignas alignas"),
        (CWordClass.Asm, "asm __asm__ __asm"),
        (CWordClass.Assert, "_Static_assert static_assert"),
        (CWordClass.Head, "if while switch"),
        (CWordClass.For, "for"),
        (CWordClass.Do, "do"),
        (CWordClass.Else, "else"),
        (CWordClass.Case, "case default"),
        (CWordClass.Jump, "return break continue"),
        (CWordClass.Goto, "goto __label__"),
        (CWordClass.Operator, "sizeof _Alignof alignof __alignof__ __alignof _Generic __real__ __imag__ noexcept"),
    ];

    private static readonly CWords Basic = MakeBasic();

    /// <summary>Numbers of keywords.</summary>
    public static readonly int Struct = Basic.Find("struct");
    public static readonly int Union = Basic.Find("union");
    public static readonly int Enum = Basic.Find("enum");

    private readonly Dictionary<string, int> _numbers;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _words;
    private readonly CWordClass[] _classes;

    private CWords(Dictionary<string, int> numbers, List<string> words, CWordClass[] classes)
    {
        _numbers = numbers;
        _lookup = numbers.GetAlternateLookup<ReadOnlySpan<char>>();
        _words = words;
        _classes = classes;
    }

    /// <summary>Keywords only.</summary>
    public CWords()
        : this(new Dictionary<string, int>(Basic._numbers, StringComparer.Ordinal), [.. Basic._words], Basic._classes)
    {
    }

    /// <summary>Whether gcc and clang take a word for a keyword in some language or mode, so that a macro of that name only hides it elsewhere: <c>__restrict</c>.</summary>
    public static bool IsKeyword(string word) => word is not ("noreturn" or "__noreturn") && Basic.Find(word) is >= 0 and int number && Basic.ClassOf(number) != CWordClass.Identifier;

    /// <summary>How many words there are.</summary>
    public int Count => _words.Count;

    /// <summary>A word's spelling.</summary>
    public string this[int number] => _words[number];

    /// <summary>What a word means to C.</summary>
    public CWordClass ClassOf(int number) => number < _classes.Length ? _classes[number] : CWordClass.Identifier;

    /// <summary>A word's number; a new one the first time.</summary>
    public int NumberOf(ReadOnlySpan<char> word)
    {
        if (!_lookup.TryGetValue(word, out int number))
        {
            string text = word.ToString();
            number = _words.Count;
            _numbers.Add(text, number);
            _words.Add(text);
        }

        return number;
    }

    /// <summary>A word's number; -1 when the text does not have it.</summary>
    public int Find(string word) => _numbers.GetValueOrDefault(word, -1);

    private static CWords MakeBasic()
    {
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var words = new List<string>();
        var classes = new List<CWordClass>();
        foreach ((CWordClass group, string list) in Keywords)
        {
            foreach (string word in list.Split(' '))
            {
                numbers.Add(word, words.Count);
                words.Add(word);
                classes.Add(group);
            }
        }

        return new CWords(numbers, words, [.. classes]);
    }
}
