using MiniosBuild.CSource.Rewriting;
using MiniosBuild.Linking.Forecast;
using MiniosBuild.Renaming.Planning;

namespace MiniosBuild.Tasks;

/// <summary>What tells this build of the tasks from another one, so that a new package does its work again.</summary>
internal static class TaskIdentity
{
    // One type of each assembly that does a part of the work.
    private static Type[] Parts =>
    [
        typeof(ObjectFormats.Elf.ElfFile), typeof(SourceRewriter), typeof(NamespacePolicy), typeof(NamespacePlanner), typeof(NamespaceValidator), typeof(LinkCheck),
        typeof(Toolchain.Files.StepRecord),
    ];

    public static string Of<TTask>() => string.Join(' ', [typeof(TTask).FullName!, .. Parts.Prepend(typeof(TTask)).Select(part => part.Module.ModuleVersionId.ToString())]);
}
