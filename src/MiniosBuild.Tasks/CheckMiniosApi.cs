using Microsoft.Build.Framework;
using MiniosBuild.CSource.Census;
using MiniosBuild.Renaming.Api;
using MiniosBuild.Renaming.Planning;
using MiniosBuild.Toolchain.Files;

namespace MiniosBuild.Tasks;

/// <summary>Compares the public symbols of the set with the list that the tree's owner checked in.</summary>
[MSBuildMultiThreadableTask]
public sealed class CheckMiniosApi : MiniosTask
{
    /// <summary>The checked-in list.</summary>
    [Required]
    public string ApiFile { get; set; } = "";

    /// <summary>The list that the plan made.</summary>
    [Required]
    public string ApiList { get; set; } = "";

    /// <summary>The plan, for the names before the pass.</summary>
    [Required]
    public string Plan { get; set; } = "";

    /// <summary>What the public headers declare.</summary>
    [Required]
    public string Declarations { get; set; } = "";

    [Required]
    public string Record { get; set; } = "";

    protected override void Run()
    {
        string listedPath = PathOf(ApiFile), actualPath = PathOf(ApiList), record = PathOf(Record);
        string fingerprint = Fingerprint.Of([TaskIdentity.Of<CheckMiniosApi>(), listedPath, actualPath]);
        RunStep("public symbols", record, fingerprint, () =>
        {
            var listed = Renaming.Api.ApiList.Load(listedPath);
            var actual = Renaming.Api.ApiList.Load(actualPath);
            if (listed.Check(actual, listedPath).Count > 0)
            {
                Report(listed.Check(Declared(actual), listedPath));
                return null;
            }

            Say($"the {actual.Symbols.Count} public symbols are those of {listedPath}");
            return new StepResult([listedPath, actualPath], []);
        });
    }

    // Only a list that differs is worth the reading of plan and declarations.
    private ApiList Declared(ApiList actual)
    {
        string plan = PathOf(Plan), declarations = PathOf(Declarations);
        return actual.Declared(
            PublicDeclarations.Load(File.ReadAllText(declarations), declarations), NamespacePlan.Parse(File.ReadAllBytes(plan), plan).Renames);
    }
}
