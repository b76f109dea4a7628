namespace MiniosBuild.BuildTests;

/// <summary>Sources of small guests.</summary>
internal static class Guests
{
    public const string Hello = """
        #include <mini-os/kernel.h>
        #include <mini-os/lib.h>

        int app_main(start_info_t *si)
        {
            (void)si;
            minios_printk("hello from a test\n");
            return 0;
        }
        """;
}
