Console.WriteLine(TorchSharp.torch.__version__ + Contrastive.Environment.GetCommandLineArgs()[0]); Console.WriteLine(TorchSharp.torch.rand(3).sum().item<float>());
