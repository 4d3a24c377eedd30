using System.Runtime.CompilerServices;
using Contrastive.Torch;
using TorchSharp;

namespace Contrastive.Cli.Doctor;

/// <summary>libtorch and CUDA.</summary>
internal static class TorchChecks
{
    private const string DriverFile = "/proc/driver/nvidia/version";

    public static IReadOnlyList<Check> All { get; } =
    [
        new("libtorch", DescribeLibrary, IsEssential: true),
        new("Convolutions", DescribeConvolutions),
        new("bfloat16", () => Precision.IsFast(torch.CPU) ? "mixed precision pays on this CPU" : "mixed precision does not pay on this CPU"),
        new("CUDA", DescribeCuda),
    ];

    private static string DescribeLibrary()
    {
        RuntimeHelpers.RunModuleConstructor(typeof(Precision).Module.ModuleHandle); // the library's settings come before the first tensor
        using var one = torch.ones(1); // loads the native libraries
        return $"{torch.__version__} through TorchSharp {typeof(torch).Assembly.GetName().Version?.ToString(3)}, {torch.get_num_threads()} threads";
    }

    // Where a virtual machine hides its processor's caches, oneDNN's kernels give wrong values for shapes such as this one.
    private static string DescribeConvolutions()
    {
        using var scope = torch.NewDisposeScope();
        using var generator = new torch.Generator(1);
        var images = ChannelsLast.Images(torch.randn([4, 256, 4, 4], generator: generator));
        var weight = torch.randn([512, 256, 1, 1], generator: generator) / 16;
        torch.Tensor Convolve(torch.ScalarType type) => torch.nn.functional.conv2d(images.to(type), weight.to(type), strides: [2, 2]).to(torch.float64);
        var error = (Convolve(torch.float32) - Convolve(torch.float64)).abs().max().item<double>();
        return error < 1e-3 ? "right" : throw new InvalidOperationException(FormattableString.Invariant(
            $"float32 differs from float64 by {error:0.###}: this processor's kernels are wrong. Set the environment variable ONEDNN_MAX_CPU_ISA=AVX."));
    }

    private static string DescribeCuda()
    {
        if (torch.cuda.is_available())
        {
            var devices = new Check("", () => SystemChecks.Program("nvidia-smi", "--query-gpu=name,memory.total,memory.free,driver_version", "--format=csv,noheader")).Examine();
            return $"{torch.cuda.device_count()} device(s)\n{devices.Text}";
        }

        var hasBuild = Directory.EnumerateFiles(AppContext.BaseDirectory, "*torch_cuda*").Any();
        var hasDriver = File.Exists(DriverFile) || File.Exists(Path.Combine(Environment.SystemDirectory, "nvcuda.dll"));
        return (hasBuild, hasDriver) switch
        {
            (false, false) => "none: there is no NVIDIA driver, and this build is for the CPU",
            (false, true) => "none: there is an NVIDIA driver, but this build is for the CPU; rebuild with -p:TorchBackend=cuda",
            (true, false) => $"none: this build is for CUDA, but there is no NVIDIA driver ({DriverFile})",
            (true, true) => "none: this build is for CUDA and there is an NVIDIA driver, but libtorch finds no device: is the driver too old, or the device hidden (CUDA_VISIBLE_DEVICES)?",
        };
    }
}
