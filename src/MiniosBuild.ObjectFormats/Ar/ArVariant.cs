namespace MiniosBuild.ObjectFormats.Ar;

/// <summary>Whose conventions an archive's names and index follow, as the first of them that is met shows.</summary>
public enum ArVariant
{
    /// <summary>There is no member that would show it.</summary>
    Unknown,

    /// <summary>System V and GNU: <c>name/</c>, <c>/offset</c> into <c>//</c>, the index in <c>/</c> or <c>/SYM64/</c>.</summary>
    Gnu,

    /// <summary>4.4BSD and Darwin: <c>name</c>, <c>#1/length</c>, the index in <c>__.SYMDEF</c> and its like.</summary>
    Bsd,
}
