namespace MiniosBuild.TestUtilities;

/// <summary>Which symbol index an <see cref="ArWriter"/> writes.</summary>
public enum ArIndexKind
{
    None,

    /// <summary><c>/</c> or <c>__.SYMDEF</c></summary>
    Narrow,

    /// <summary><c>__.SYMDEF SORTED</c>; of GNU the same as <see cref="Narrow"/>.</summary>
    Sorted,

    /// <summary><c>/SYM64/</c> or <c>__.SYMDEF_64</c></summary>
    Wide,
}
