namespace MiniosBuild.Tasks;

/// <summary>What tells this build of the tasks from another one, so that a new package does its work again.</summary>
internal static class TaskIdentity
{
    public static string Of<TTask>() => string.Join(
        ' ', typeof(TTask).FullName, typeof(TTask).Module.ModuleVersionId, typeof(Namespaces.NamespacePolicy).Module.ModuleVersionId,
        typeof(ObjectFormats.Elf.ElfFile).Module.ModuleVersionId);
}
