namespace MiniosBuild.Renaming;

/// <summary>Whether a program was compiled before the set's names changed, or after it.</summary>
public enum ConsumerNameForm
{
    /// <summary>The name is the same before and after the pass, or the set does not have it.</summary>
    Same,

    /// <summary>The name before the pass: the program has to be renamed or compiled anew to link.</summary>
    Old,

    /// <summary>The name after the pass.</summary>
    New,
}
