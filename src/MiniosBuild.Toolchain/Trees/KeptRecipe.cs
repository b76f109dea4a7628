using MiniosBuild.Toolchain.Trees.Makefiles;

namespace MiniosBuild.Toolchain.Trees;

/// <summary>What a tree's makefiles said, and all that they asked to say it: to evaluate them once for every switch is dear, and little changes from build to build.</summary>
internal sealed record KeptRecipe(string Fingerprint, IReadOnlyList<MakefileAnswer> Answers, TreeRecipe? Recipe)
{
    /// <summary>The recipe of a record that still holds; else the one that is read now, and kept.</summary>
    /// <param name="record">Absolute path.</param>
    /// <param name="fingerprint">Of all that is asked for besides files.</param>
    /// <param name="read">Reads it.</param>
    public static TreeRecipe? Get(string record, string fingerprint, Func<MakefileFiles, TreeRecipe?> read)
    {
        if (RecordJson.Load(record, RecordJson.Default.KeptRecipe) is { } kept && kept.Fingerprint == fingerprint && kept.Answers.All(MakefileFiles.Holds))
        {
            return kept.Recipe;
        }

        var files = new MakefileFiles();
        var recipe = read(files);
        RecordJson.Save(record, new KeptRecipe(fingerprint, [.. files.Answers], recipe), RecordJson.Default.KeptRecipe);
        return recipe;
    }
}
