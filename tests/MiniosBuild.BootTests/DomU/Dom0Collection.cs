namespace MiniosBuild.BootTests.DomU;

/// <summary>The tests that share one dom0, and one folder to build guests in.</summary>
[CollectionDefinition(Name)]
public sealed class Dom0Collection : ICollectionFixture<Lab>, ICollectionFixture<GuestWorkshop>
{
    public const string Name = "dom0";
}
