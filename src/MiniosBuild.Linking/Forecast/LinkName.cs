namespace MiniosBuild.Linking.Forecast;

/// <summary>One name of a link, while the link is made.</summary>
internal struct LinkName
{
    public LinkNameState State;

    /// <summary>It was last defined in a section that is left out, and nothing fetches a member for it any more.</summary>
    public bool IsDropped;

    /// <summary>The linker script or an option defines it, in the end over what objects do.</summary>
    public bool IsAssigned;

    /// <summary>Whether <see cref="Value"/> is no address.</summary>
    public bool IsAbsolute;

    /// <summary>The object that defines it, by number, where <see cref="State"/> says so.</summary>
    public int Object;

    /// <summary>The symbol in there.</summary>
    public int Symbol;

    public ulong Value;

    /// <summary>st_size; of a common symbol, how much is to be allocated.</summary>
    public ulong Size;

    /// <summary>The first and the last of its uses, plus 1; 0 for none.</summary>
    public int FirstUse;

    public int LastUse;

    public readonly bool IsDefined => State >= LinkNameState.WeaklyDefined;
}
