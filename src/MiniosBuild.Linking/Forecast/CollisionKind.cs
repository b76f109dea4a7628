namespace MiniosBuild.Linking.Forecast;

/// <summary>How a linker settles that a name has more than one definition.</summary>
public enum CollisionKind
{
    /// <summary>Not at all: the link fails.</summary>
    Refused,

    /// <summary>The first one wins, since an option allows it.</summary>
    Allowed,

    /// <summary>The strong definition wins over the weak one.</summary>
    StrongOverWeak,

    /// <summary>Of weak definitions, the first wins.</summary>
    FirstOfWeak,

    /// <summary>Common symbols become one, as large as the largest.</summary>
    CommonMerged,

    /// <summary>The definition wins over a common symbol.</summary>
    DefinitionOverCommon,

    /// <summary>A common symbol wins over a weak definition.</summary>
    CommonOverWeak,

    /// <summary>Copies of one COMDAT group or link-once section, of which the first is kept.</summary>
    Comdat,

    /// <summary>The same absolute value twice.</summary>
    SameValue,

    /// <summary>The linker script or an option defines it, over whatever objects do.</summary>
    Script,

    /// <summary>The loser is a member of an archive that the link passes over, since the name is defined already.</summary>
    NotTaken,
}
