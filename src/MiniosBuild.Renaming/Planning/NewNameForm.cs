namespace MiniosBuild.Renaming;

/// <summary>How a new name comes from the old one; few are worth bytes of their own.</summary>
internal enum NewNameForm : byte
{
    /// <summary>It is the old one.</summary>
    Same,

    /// <summary>The public prefix and the old name.</summary>
    Public,

    /// <summary>The internal prefix and the old name.</summary>
    Internal,

    /// <summary>The driver prefix and the old name.</summary>
    Driver,

    /// <summary>What a rule of the policy says.</summary>
    Text,
}
